/* keyed.c: libcrypto's context, its errors in words, random bytes, equality, cleansing. */
#include "keyed_parts.h"

#include <openssl/conf.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/kdf.h>
#include <openssl/rand.h>
#include <stdio.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/resource.h>

const char *so_keyed_describe(so_keyed_status status)
{
    switch (status) {
    case SO_KEYED_OK: return "done";
    case SO_KEYED_NO_MEMORY: return "memory ran out";
    case SO_KEYED_BAD_ARGUMENT: return "an argument is not usable";
    case SO_KEYED_UNAVAILABLE: return "the OpenSSL of this machine, as it is configured, lacks an algorithm";
    case SO_KEYED_NOT_A_KEY: return "not a key of this kind in PEM";
    case SO_KEYED_NOT_ED25519: return "a key, but not an Ed25519 key";
    case SO_KEYED_NO_PASSPHRASE: return "the key is encrypted: a passphrase is needed";
    case SO_KEYED_BAD_PASSPHRASE: return "the passphrase does not open the key";
    case SO_KEYED_MISMATCH: return "it does not verify";
    case SO_KEYED_READ_FAILED: return "reading failed";
    case SO_KEYED_CANCELLED: return "stopped on request";
    case SO_KEYED_NO_THREAD: return "the system gave no thread";
    case SO_KEYED_FAILED: return "OpenSSL failed";
    }
    return "unknown status";
}

so_keyed_status so_failed(so_keyed_status status, so_reason *why)
{
    unsigned long first = ERR_peek_error();
    for (unsigned long code = first; code; code = ERR_get_error()) {
        if (ERR_GET_REASON(code) == ERR_R_MALLOC_FAILURE)
            status = SO_KEYED_NO_MEMORY;
        else if ((ERR_GET_REASON(code) == ERR_R_UNSUPPORTED || ERR_GET_REASON(code) == ERR_R_FETCH_FAILED) &&
                 (status == SO_KEYED_FAILED || status == SO_KEYED_BAD_PASSPHRASE))
            status = SO_KEYED_UNAVAILABLE;
    }
    if (why) {
        /* The reason's fixed words only: the data that libcrypto attaches may quote its input. */
        const char *words = first ? ERR_reason_error_string(first) : NULL;
        snprintf(why->text, sizeof why->text, "%s", words ? words : "");
    }
    return status;
}

so_keyed_status so_lacking(const so_crypto *crypto, const char *algorithm, so_reason *why)
{
    ERR_clear_error();
    if (why)
        snprintf(why->text, sizeof why->text, "%s is not there%s (%s)", algorithm,
                 so_crypto_fips(crypto) ? " with FIPS properties" : "", so_crypto_version());
    return SO_KEYED_UNAVAILABLE;
}

so_keyed_status so_crypto_open(so_crypto **out, so_reason *why)
{
    so_keyed_status status = SO_KEYED_NO_MEMORY;
    so_crypto *crypto = OPENSSL_zalloc(sizeof *crypto);
    if (!crypto || !(crypto->library = OSSL_LIB_CTX_new()))
        goto done;
    status = SO_KEYED_FAILED;
    if (CONF_modules_load_file_ex(crypto->library, NULL, NULL, CONF_MFLAGS_IGNORE_MISSING_FILE) <= 0)
        goto done;
    crypto->sha256 = EVP_MD_fetch(crypto->library, "SHA256", NULL);
    crypto->hmac = EVP_MAC_fetch(crypto->library, "HMAC", NULL);
    crypto->hkdf = EVP_KDF_fetch(crypto->library, "HKDF", NULL);
    crypto->wrap = EVP_CIPHER_fetch(crypto->library, "AES-256-WRAP", NULL);
    ERR_clear_error();
    *out = crypto;
    return SO_KEYED_OK;
done:
    status = so_failed(status, why);
    so_crypto_close(crypto);
    return status;
}

void so_crypto_close(so_crypto *crypto)
{
    if (!crypto)
        return;
    EVP_MD_free(crypto->sha256);
    EVP_MAC_free(crypto->hmac);
    EVP_KDF_free(crypto->hkdf);
    EVP_CIPHER_free(crypto->wrap);
    OSSL_LIB_CTX_free(crypto->library);
    OPENSSL_free(crypto);
}

bool so_crypto_fips(const so_crypto *crypto)
{
    return EVP_default_properties_is_fips_enabled(crypto->library) == 1;
}

const char *so_crypto_version(void)
{
    return OpenSSL_version(OPENSSL_VERSION);
}

so_keyed_status so_random(const so_crypto *crypto, void *out, size_t bytes, so_reason *why)
{
    if (RAND_priv_bytes_ex(crypto->library, out, bytes, 256) != 1)
        return so_failed(SO_KEYED_FAILED, why);
    return SO_KEYED_OK;
}

bool so_equal(const void *a, const void *b, size_t bytes)
{
    return CRYPTO_memcmp(a, b, bytes) == 0;
}

void so_cleanse(void *memory, size_t bytes)
{
    OPENSSL_cleanse(memory, bytes);
}

bool so_forbid_core_files(void)
{
    struct rlimit none = {0, 0};
    bool limited = setrlimit(RLIMIT_CORE, &none) == 0;
#ifdef __linux__
    /* A core_pattern that pipes into a program ignores the limit, and not this. */
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && limited;
#else
    return limited;
#endif
}
