/* keyed_digest.c: SHA-256, HMAC-SHA-256, HKDF, AES key wrap. */
#include "keyed_parts.h"

#include <errno.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/kdf.h>
#include <string.h>
#include <unistd.h>

#define READ_BYTES ((size_t)1 << 20)

so_keyed_status so_sha256(const so_crypto *crypto, const void *data, size_t bytes, uint8_t out[SO_SHA256_BYTES],
                          so_reason *why)
{
    if (!crypto->sha256)
        return so_lacking(crypto, "SHA-256", why);
    if (EVP_Digest(data, bytes, out, NULL, crypto->sha256, NULL) != 1)
        return so_failed(SO_KEYED_FAILED, why);
    return SO_KEYED_OK;
}

so_keyed_status so_sha256_file(const so_crypto *crypto, int descriptor, so_keyed_poll poll, void *context,
                               uint8_t out[SO_SHA256_BYTES], so_reason *why)
{
    if (!crypto->sha256)
        return so_lacking(crypto, "SHA-256", why);
    so_keyed_status status = SO_KEYED_NO_MEMORY;
    EVP_MD_CTX *digest = EVP_MD_CTX_new();
    uint8_t *buffer = OPENSSL_malloc(READ_BYTES);
    if (!digest || !buffer)
        goto done;
    status = SO_KEYED_FAILED;
    if (EVP_DigestInit_ex2(digest, crypto->sha256, NULL) != 1)
        goto done;
    for (;;) {
        ssize_t got = read(descriptor, buffer, READ_BYTES);
        if (got == 0)
            break;
        if (got < 0 && errno != EINTR) {
            status = SO_KEYED_READ_FAILED;
            goto done;
        }
        if (got > 0 && EVP_DigestUpdate(digest, buffer, (size_t)got) != 1)
            goto done;
        if (poll && poll(context)) {
            status = SO_KEYED_CANCELLED;
            goto done;
        }
    }
    if (EVP_DigestFinal_ex(digest, out, NULL) == 1)
        status = SO_KEYED_OK;
done:;
    int kept = errno;
    OPENSSL_clear_free(buffer, READ_BYTES);
    EVP_MD_CTX_free(digest);
    if (status != SO_KEYED_OK)
        status = so_failed(status, why);
    errno = kept;
    return status;
}

EVP_MAC_CTX *so_mac_open(const so_crypto *crypto, const void *key, size_t key_bytes)
{
    char digest[] = "SHA256";
    OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                               OSSL_PARAM_construct_end()};
    EVP_MAC_CTX *mac = EVP_MAC_CTX_new(crypto->hmac);
    if (mac && EVP_MAC_init(mac, key, key_bytes, parameters) == 1)
        return mac;
    EVP_MAC_CTX_free(mac);
    return NULL;
}

so_keyed_status so_hmac(const so_crypto *crypto, const void *key, size_t key_bytes, const void *data, size_t bytes,
                        uint8_t out[SO_SHA256_BYTES], so_reason *why)
{
    if (!crypto->hmac)
        return so_lacking(crypto, "HMAC", why);
    so_keyed_status status = SO_KEYED_FAILED;
    size_t got;
    EVP_MAC_CTX *mac = so_mac_open(crypto, key, key_bytes);
    if (mac && EVP_MAC_update(mac, data, bytes) == 1 && EVP_MAC_final(mac, out, &got, SO_SHA256_BYTES) == 1)
        status = SO_KEYED_OK;
    EVP_MAC_CTX_free(mac);
    return status == SO_KEYED_OK ? status : so_failed(status, why);
}

so_keyed_status so_hkdf(const so_crypto *crypto, const void *key, size_t key_bytes, const void *salt, size_t salt_bytes,
                        const void *info, size_t info_bytes, uint8_t *out, size_t out_bytes, so_reason *why)
{
    if (!crypto->hkdf)
        return so_lacking(crypto, "HKDF", why);
    if (!key_bytes || !out_bytes || out_bytes > 255 * SO_SHA256_BYTES)
        return SO_KEYED_BAD_ARGUMENT;
    so_keyed_status status = SO_KEYED_FAILED;
    char digest[] = "SHA256";
    int mode = EVP_KDF_HKDF_MODE_EXTRACT_AND_EXPAND;
    /* libcrypto's parameters are not const; it only reads these. */
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_int(OSSL_KDF_PARAM_MODE, &mode),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, (void *)(uintptr_t)key, key_bytes),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, (void *)(uintptr_t)info, info_bytes),
        OSSL_PARAM_construct_end(),
        OSSL_PARAM_construct_end(),
    };
    if (salt_bytes)
        parameters[4] = OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, (void *)(uintptr_t)salt, salt_bytes);
    EVP_KDF_CTX *kdf = EVP_KDF_CTX_new(crypto->hkdf);
    if (kdf && EVP_KDF_derive(kdf, out, out_bytes, parameters) == 1)
        status = SO_KEYED_OK;
    EVP_KDF_CTX_free(kdf);
    return status == SO_KEYED_OK ? status : so_failed(status, why);
}

static so_keyed_status wrap(const so_crypto *crypto, bool wrapping, const uint8_t *key, const uint8_t *in, int bytes,
                            uint8_t *out, so_reason *why)
{
    if (!crypto->wrap)
        return so_lacking(crypto, "AES-256-WRAP", why);
    /* Room for what the cipher writes before it finds that a key does not unwrap. */
    uint8_t room[SO_WRAPPED_BYTES + 16];
    int got = 0;
    so_keyed_status status = SO_KEYED_FAILED;
    EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();
    if (!cipher)
        goto done;
    EVP_CIPHER_CTX_set_flags(cipher, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
    if (EVP_CipherInit_ex2(cipher, crypto->wrap, key, NULL, wrapping, NULL) != 1)
        goto done;
    if (EVP_CipherUpdate(cipher, room, &got, in, bytes) != 1) {
        status = wrapping ? SO_KEYED_FAILED : SO_KEYED_MISMATCH;
        goto done;
    }
    memcpy(out, room, (size_t)got);
    status = SO_KEYED_OK;
done:
    OPENSSL_cleanse(room, sizeof room);
    EVP_CIPHER_CTX_free(cipher);
    return status == SO_KEYED_OK ? status : so_failed(status, why);
}

so_keyed_status so_wrap(const so_crypto *crypto, const uint8_t key[SO_SECRET_BYTES],
                        const uint8_t secret[SO_SECRET_BYTES], uint8_t out[SO_WRAPPED_BYTES], so_reason *why)
{
    return wrap(crypto, true, key, secret, SO_SECRET_BYTES, out, why);
}

so_keyed_status so_unwrap(const so_crypto *crypto, const uint8_t key[SO_SECRET_BYTES],
                          const uint8_t wrapped[SO_WRAPPED_BYTES], uint8_t out[SO_SECRET_BYTES], so_reason *why)
{
    return wrap(crypto, false, key, wrapped, SO_WRAPPED_BYTES, out, why);
}
