/* keyed.h: the cryptography that approvals and the ledger of releases need, all of it libcrypto's (OpenSSL 3, EVP).
 *
 * SHA-256 of buffers and files, HMAC-SHA-256, HKDF, Ed25519 with PKCS#8 PEM, AES key wrap, and the keyed codes of a
 * column.  C11 without Python.h and without global state.  Every function returns so_keyed_status; what libcrypto said
 * of a failure goes to `why`, as libcrypto's fixed words and never with data.  The caller owns what it passes in and
 * every output array; keys and plaintext that these functions copy are cleansed before they return.
 */
#ifndef SO_KEYED_H
#define SO_KEYED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum so_keyed_status {
    SO_KEYED_OK = 0,
    SO_KEYED_NO_MEMORY,
    SO_KEYED_BAD_ARGUMENT,   /* a null pointer, a length out of range, offsets that do not rise */
    SO_KEYED_UNAVAILABLE,    /* this libcrypto, as configured (FIPS?), lacks an algorithm; why names it */
    SO_KEYED_NOT_A_KEY,      /* the text is not PEM of a key of the kind asked for */
    SO_KEYED_NOT_ED25519,    /* a key, but of another algorithm */
    SO_KEYED_NO_PASSPHRASE,  /* the key is encrypted and no passphrase was given */
    SO_KEYED_BAD_PASSPHRASE, /* the passphrase does not open the key */
    SO_KEYED_MISMATCH,       /* a signature or a wrapped key does not verify */
    SO_KEYED_READ_FAILED,    /* reading the file failed; errno says why */
    SO_KEYED_CANCELLED,      /* the poll function asked to stop */
    SO_KEYED_NO_THREAD,      /* the system gave no thread */
    SO_KEYED_FAILED          /* libcrypto failed; why says how */
} so_keyed_status;

/* The status in plain English; a static string. */
const char *so_keyed_describe(so_keyed_status status);

/* libcrypto's own words on a failure, empty when it said nothing. */
typedef struct so_reason {
    char text[160];
} so_reason;

#define SO_SHA256_BYTES 32u
#define SO_SECRET_BYTES 32u
#define SO_CODE_BYTES 16u
#define SO_PUBLIC_BYTES 32u
#define SO_SIGNATURE_BYTES 64u
#define SO_WRAPPED_BYTES 40u

/* Called from the calling thread about every 50 ms; a non-zero answer stops the work with SO_KEYED_CANCELLED. */
typedef int (*so_keyed_poll)(void *context);

/* libcrypto with this machine's OpenSSL configuration (its FIPS settings too), apart from what other code in the
 * process does to the default library context.  Safe to use from several threads at once. */
typedef struct so_crypto so_crypto;
so_keyed_status so_crypto_open(so_crypto **out, so_reason *why);
void so_crypto_close(so_crypto *crypto);
/* Whether the configuration asks for FIPS algorithms by default. */
bool so_crypto_fips(const so_crypto *crypto);
/* libcrypto's version; a static string. */
const char *so_crypto_version(void);

so_keyed_status so_random(const so_crypto *crypto, void *out, size_t bytes, so_reason *why);
/* Whether the two are equal, in a time that depends on `bytes` alone. */
bool so_equal(const void *a, const void *b, size_t bytes);
void so_cleanse(void *memory, size_t bytes);

so_keyed_status so_sha256(const so_crypto *crypto, const void *data, size_t bytes, uint8_t out[SO_SHA256_BYTES],
                          so_reason *why);
/* Of all that can be read from the descriptor, which stays open and at its end. */
so_keyed_status so_sha256_file(const so_crypto *crypto, int descriptor, so_keyed_poll poll, void *context,
                               uint8_t out[SO_SHA256_BYTES], so_reason *why);
so_keyed_status so_hmac(const so_crypto *crypto, const void *key, size_t key_bytes, const void *data, size_t bytes,
                        uint8_t out[SO_SHA256_BYTES], so_reason *why);
/* RFC 5869, extract and expand; out_bytes at most 255 * 32. */
so_keyed_status so_hkdf(const so_crypto *crypto, const void *key, size_t key_bytes, const void *salt, size_t salt_bytes,
                        const void *info, size_t info_bytes, uint8_t *out, size_t out_bytes, so_reason *why);
/* RFC 3394 (AES-256-WRAP) of one secret under another. */
so_keyed_status so_wrap(const so_crypto *crypto, const uint8_t key[SO_SECRET_BYTES],
                        const uint8_t secret[SO_SECRET_BYTES], uint8_t out[SO_WRAPPED_BYTES], so_reason *why);
so_keyed_status so_unwrap(const so_crypto *crypto, const uint8_t key[SO_SECRET_BYTES],
                          const uint8_t wrapped[SO_WRAPPED_BYTES], uint8_t out[SO_SECRET_BYTES], so_reason *why);

/* An Ed25519 private key. */
typedef struct so_key so_key;
so_keyed_status so_key_generate(const so_crypto *crypto, so_key **out, so_reason *why);
/* PKCS#8 PEM, encrypted or not.  passphrase NULL: none was given. */
so_keyed_status so_key_read(const so_crypto *crypto, const char *pem, size_t bytes, const char *passphrase,
                            size_t passphrase_bytes, so_key **out, so_reason *why);
/* PKCS#8 PEM; with a passphrase PBES2, PBKDF2-HMAC-SHA-256 with 600,000 rounds and AES-256-CBC.  *out is to be given
 * to so_text_free. */
so_keyed_status so_key_write(const so_crypto *crypto, const so_key *key, const char *passphrase,
                             size_t passphrase_bytes, char **out, size_t *out_bytes, so_reason *why);
/* Cleanses and frees. */
void so_text_free(char *text, size_t bytes);
so_keyed_status so_key_public(const so_key *key, uint8_t out[SO_PUBLIC_BYTES], so_reason *why);
so_keyed_status so_key_sign(const so_crypto *crypto, const so_key *key, const void *message, size_t bytes,
                            uint8_t out[SO_SIGNATURE_BYTES], so_reason *why);
void so_key_free(so_key *key);

/* SubjectPublicKeyInfo PEM to the 32 bytes of RFC 8032 and back. */
so_keyed_status so_public_read(const so_crypto *crypto, const char *pem, size_t bytes, uint8_t out[SO_PUBLIC_BYTES],
                               so_reason *why);
so_keyed_status so_public_write(const so_crypto *crypto, const uint8_t public_key[SO_PUBLIC_BYTES], char **out,
                                size_t *out_bytes, so_reason *why);
/* SO_KEYED_MISMATCH when the signature is not of this message by this key. */
so_keyed_status so_verify(const so_crypto *crypto, const uint8_t public_key[SO_PUBLIC_BYTES], const void *message,
                          size_t bytes, const uint8_t signature[SO_SIGNATURE_BYTES], so_reason *why);

/* Values one after another: value i is bytes offsets[i] to offsets[i + 1] of data. */
typedef struct so_values {
    const uint8_t *data;
    size_t data_bytes;
    const int64_t *offsets; /* count + 1 of them */
    size_t count;
} so_values;

/* The keyed code of every value: the first 16 bytes of HMAC-SHA-256(key, length of name as 8 bytes big-endian, name,
 * value).  out: count * SO_CODE_BYTES, the same for every number of threads.  threads 0 means 1. */
so_keyed_status so_codes(const so_crypto *crypto, const uint8_t key[SO_SECRET_BYTES], const void *name,
                         size_t name_bytes, const so_values *values, unsigned threads, so_keyed_poll poll,
                         void *context, uint8_t *out, so_reason *why);

/* No core file of this process is written and no other process of the user may read its memory; false where the
 * system cannot promise it. */
bool so_forbid_core_files(void);

#endif
