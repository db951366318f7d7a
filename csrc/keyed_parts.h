/* keyed_parts.h: what the files of keyed.h share. */
#ifndef SO_KEYED_PARTS_H
#define SO_KEYED_PARTS_H

#include "keyed.h"

#include <openssl/evp.h>

/* An algorithm that this libcrypto lacks is NULL; whoever needs it says so. */
struct so_crypto {
    OSSL_LIB_CTX *library;
    EVP_MD *sha256;
    EVP_MAC *hmac;
    EVP_KDF *hkdf;
    EVP_CIPHER *wrap;
};

struct so_key {
    EVP_PKEY *pkey;
};

/* Empties libcrypto's queue of errors into `why` (may be NULL) and gives back the status that fits: the one passed,
 * SO_KEYED_NO_MEMORY, or SO_KEYED_UNAVAILABLE when an algorithm could not be fetched. */
so_keyed_status so_failed(so_keyed_status status, so_reason *why);
/* SO_KEYED_UNAVAILABLE, naming what is missing. */
so_keyed_status so_lacking(const so_crypto *crypto, const char *algorithm, so_reason *why);
/* A MAC with HMAC-SHA-256's key set, to be used or duplicated; NULL on failure. */
EVP_MAC_CTX *so_mac_open(const so_crypto *crypto, const void *key, size_t key_bytes);

#endif
