/* keyed_sign.c: Ed25519 signatures, and its keys as PEM. */
#include "keyed_parts.h"

#include <limits.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <string.h>

/* OWASP Password Storage Cheat Sheet: PBKDF2-HMAC-SHA256 with 600,000 rounds or more. */
#define PBKDF2_ROUNDS 600000
#define SALT_BYTES 16

static bool ed25519_there(const so_crypto *crypto)
{
    EVP_SIGNATURE *signature = EVP_SIGNATURE_fetch(crypto->library, "ED25519", NULL);
    EVP_SIGNATURE_free(signature);
    return signature != NULL;
}

static so_keyed_status wrap_key(EVP_PKEY *pkey, so_key **out)
{
    *out = OPENSSL_malloc(sizeof **out);
    if (!*out) {
        EVP_PKEY_free(pkey);
        return SO_KEYED_NO_MEMORY;
    }
    (*out)->pkey = pkey;
    return SO_KEYED_OK;
}

so_keyed_status so_key_generate(const so_crypto *crypto, so_key **out, so_reason *why)
{
    if (!ed25519_there(crypto))
        return so_lacking(crypto, "Ed25519", why);
    EVP_PKEY *pkey = EVP_PKEY_Q_keygen(crypto->library, NULL, "ED25519");
    return pkey ? wrap_key(pkey, out) : so_failed(SO_KEYED_FAILED, why);
}

void so_key_free(so_key *key)
{
    if (!key)
        return;
    EVP_PKEY_free(key->pkey); /* which cleanses */
    OPENSSL_free(key);
}

/* One PEM block: its name and its bytes. */
typedef struct block {
    char *name, *header;
    unsigned char *data;
    long bytes;
} block;

static void drop_block(block *one)
{
    OPENSSL_secure_free(one->name);
    OPENSSL_secure_free(one->header);
    OPENSSL_secure_clear_free(one->data, one->bytes > 0 ? (size_t)one->bytes : 0);
}

static bool read_block(const char *pem, size_t bytes, block *out)
{
    *out = (block){0};
    BIO *bio = bytes <= INT_MAX ? BIO_new_mem_buf(pem, (int)bytes) : NULL;
    bool good = bio && PEM_read_bio_ex(bio, &out->name, &out->header, &out->data, &out->bytes,
                                       PEM_FLAG_SECURE | PEM_FLAG_EAY_COMPATIBLE) == 1;
    BIO_free(bio);
    return good;
}

static so_keyed_status open_encrypted(const so_crypto *crypto, const block *text, const char *passphrase,
                                      size_t passphrase_bytes, PKCS8_PRIV_KEY_INFO **out)
{
    if (!passphrase)
        return SO_KEYED_NO_PASSPHRASE;
    if (passphrase_bytes > INT_MAX)
        return SO_KEYED_BAD_ARGUMENT;
    const unsigned char *cursor = text->data;
    X509_SIG *sealed = d2i_X509_SIG(NULL, &cursor, text->bytes);
    if (!sealed)
        return SO_KEYED_NOT_A_KEY;
    *out = PKCS8_decrypt_ex(sealed, passphrase, (int)passphrase_bytes, crypto->library, NULL);
    X509_SIG_free(sealed);
    return *out ? SO_KEYED_OK : SO_KEYED_BAD_PASSPHRASE;
}

so_keyed_status so_key_read(const so_crypto *crypto, const char *pem, size_t bytes, const char *passphrase,
                            size_t passphrase_bytes, so_key **out, so_reason *why)
{
    if (!ed25519_there(crypto))
        return so_lacking(crypto, "Ed25519", why);
    so_keyed_status status = SO_KEYED_NOT_A_KEY;
    block text;
    PKCS8_PRIV_KEY_INFO *info = NULL;
    if (!read_block(pem, bytes, &text))
        goto done;
    if (strcmp(text.name, PEM_STRING_PKCS8) == 0) {
        status = open_encrypted(crypto, &text, passphrase, passphrase_bytes, &info);
    } else if (strcmp(text.name, PEM_STRING_PKCS8INF) == 0) {
        const unsigned char *cursor = text.data;
        info = d2i_PKCS8_PRIV_KEY_INFO(NULL, &cursor, text.bytes);
    }
    if (!info)
        goto done;
    EVP_PKEY *pkey = EVP_PKCS82PKEY_ex(info, crypto->library, NULL);
    status = pkey ? SO_KEYED_OK : SO_KEYED_NOT_A_KEY;
    if (pkey && EVP_PKEY_is_a(pkey, "ED25519")) {
        status = wrap_key(pkey, out);
    } else if (pkey) {
        EVP_PKEY_free(pkey);
        status = SO_KEYED_NOT_ED25519;
    }
done:
    drop_block(&text);
    PKCS8_PRIV_KEY_INFO_free(info); /* which cleanses */
    return status == SO_KEYED_OK ? status : so_failed(status, why);
}

/* Moves what was written to the memory BIO into a piece of its own. */
static so_keyed_status take_text(BIO *bio, char **out, size_t *out_bytes)
{
    char *written;
    long bytes = BIO_get_mem_data(bio, &written);
    if (bytes <= 0)
        return SO_KEYED_FAILED;
    *out = OPENSSL_malloc((size_t)bytes);
    if (!*out)
        return SO_KEYED_NO_MEMORY;
    memcpy(*out, written, (size_t)bytes);
    *out_bytes = (size_t)bytes;
    return SO_KEYED_OK;
}

void so_text_free(char *text, size_t bytes)
{
    OPENSSL_clear_free(text, bytes);
}

static X509_SIG *seal(const so_crypto *crypto, PKCS8_PRIV_KEY_INFO *info, const char *passphrase,
                      size_t passphrase_bytes)
{
    unsigned char salt[SALT_BYTES];
    EVP_CIPHER *cipher = EVP_CIPHER_fetch(crypto->library, "AES-256-CBC", NULL);
    X509_ALGOR *scheme = NULL;
    X509_SIG *sealed = NULL;
    if (cipher && RAND_bytes_ex(crypto->library, salt, sizeof salt, 0) == 1)
        scheme =
            PKCS5_pbe2_set_iv_ex(cipher, PBKDF2_ROUNDS, salt, SALT_BYTES, NULL, NID_hmacWithSHA256, crypto->library);
    if (scheme)
        sealed = PKCS8_set0_pbe_ex(passphrase, (int)passphrase_bytes, info, scheme, crypto->library, NULL);
    if (!sealed)
        X509_ALGOR_free(scheme);
    EVP_CIPHER_free(cipher);
    return sealed;
}

so_keyed_status so_key_write(const so_crypto *crypto, const so_key *key, const char *passphrase,
                             size_t passphrase_bytes, char **out, size_t *out_bytes, so_reason *why)
{
    if (passphrase && (!passphrase_bytes || passphrase_bytes > INT_MAX))
        return SO_KEYED_BAD_ARGUMENT;
    so_keyed_status status = SO_KEYED_FAILED;
    X509_SIG *sealed = NULL;
    /* Secure: its memory is cleansed when it is freed. */
    BIO *bio = BIO_new(BIO_s_secmem());
    PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(key->pkey);
    if (!bio || !info)
        goto done;
    if (passphrase) {
        sealed = seal(crypto, info, passphrase, passphrase_bytes);
        if (!sealed || PEM_write_bio_PKCS8(bio, sealed) != 1)
            goto done;
    } else if (PEM_write_bio_PKCS8_PRIV_KEY_INFO(bio, info) != 1) {
        goto done;
    }
    status = take_text(bio, out, out_bytes);
done:
    X509_SIG_free(sealed);
    PKCS8_PRIV_KEY_INFO_free(info);
    BIO_free(bio);
    return status == SO_KEYED_OK ? status : so_failed(status, why);
}

so_keyed_status so_key_public(const so_key *key, uint8_t out[SO_PUBLIC_BYTES], so_reason *why)
{
    size_t got = SO_PUBLIC_BYTES;
    if (EVP_PKEY_get_raw_public_key(key->pkey, out, &got) != 1 || got != SO_PUBLIC_BYTES)
        return so_failed(SO_KEYED_FAILED, why);
    return SO_KEYED_OK;
}

so_keyed_status so_key_sign(const so_crypto *crypto, const so_key *key, const void *message, size_t bytes,
                            uint8_t out[SO_SIGNATURE_BYTES], so_reason *why)
{
    so_keyed_status status = SO_KEYED_FAILED;
    size_t got = SO_SIGNATURE_BYTES;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (context && EVP_DigestSignInit_ex(context, NULL, NULL, crypto->library, NULL, key->pkey, NULL) == 1 &&
        EVP_DigestSign(context, out, &got, message, bytes) == 1 && got == SO_SIGNATURE_BYTES)
        status = SO_KEYED_OK;
    EVP_MD_CTX_free(context);
    return status == SO_KEYED_OK ? status : so_failed(status, why);
}

so_keyed_status so_public_read(const so_crypto *crypto, const char *pem, size_t bytes, uint8_t out[SO_PUBLIC_BYTES],
                               so_reason *why)
{
    if (!ed25519_there(crypto))
        return so_lacking(crypto, "Ed25519", why);
    so_keyed_status status = SO_KEYED_NOT_A_KEY;
    block text;
    EVP_PKEY *pkey = NULL;
    size_t got = SO_PUBLIC_BYTES;
    if (!read_block(pem, bytes, &text) || strcmp(text.name, PEM_STRING_PUBLIC) != 0)
        goto done;
    const unsigned char *cursor = text.data;
    pkey = d2i_PUBKEY_ex(NULL, &cursor, text.bytes, crypto->library, NULL);
    if (!pkey)
        goto done;
    status = SO_KEYED_NOT_ED25519;
    if (EVP_PKEY_is_a(pkey, "ED25519"))
        status = EVP_PKEY_get_raw_public_key(pkey, out, &got) == 1 ? SO_KEYED_OK : SO_KEYED_FAILED;
done:
    drop_block(&text);
    EVP_PKEY_free(pkey);
    return status == SO_KEYED_OK ? status : so_failed(status, why);
}

so_keyed_status so_public_write(const so_crypto *crypto, const uint8_t public_key[SO_PUBLIC_BYTES], char **out,
                                size_t *out_bytes, so_reason *why)
{
    if (!ed25519_there(crypto))
        return so_lacking(crypto, "Ed25519", why);
    so_keyed_status status = SO_KEYED_FAILED;
    EVP_PKEY *pkey = EVP_PKEY_new_raw_public_key_ex(crypto->library, "ED25519", NULL, public_key, SO_PUBLIC_BYTES);
    BIO *bio = BIO_new(BIO_s_mem());
    if (pkey && bio && PEM_write_bio_PUBKEY_ex(bio, pkey, crypto->library, NULL) == 1)
        status = take_text(bio, out, out_bytes);
    BIO_free(bio);
    EVP_PKEY_free(pkey);
    return status == SO_KEYED_OK ? status : so_failed(status, why);
}

so_keyed_status so_verify(const so_crypto *crypto, const uint8_t public_key[SO_PUBLIC_BYTES], const void *message,
                          size_t bytes, const uint8_t signature[SO_SIGNATURE_BYTES], so_reason *why)
{
    if (!ed25519_there(crypto))
        return so_lacking(crypto, "Ed25519", why);
    so_keyed_status status = SO_KEYED_FAILED;
    EVP_PKEY *pkey = EVP_PKEY_new_raw_public_key_ex(crypto->library, "ED25519", NULL, public_key, SO_PUBLIC_BYTES);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (!pkey || !context || EVP_DigestVerifyInit_ex(context, NULL, NULL, crypto->library, NULL, pkey, NULL) != 1)
        goto done;
    /* Anything but 1 is no proof: 0 is a signature of another message, below 0 one that is none. */
    status =
        EVP_DigestVerify(context, signature, SO_SIGNATURE_BYTES, message, bytes) == 1 ? SO_KEYED_OK : SO_KEYED_MISMATCH;
done:
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(pkey);
    return status == SO_KEYED_OK ? status : so_failed(status, why);
}
