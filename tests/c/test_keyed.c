/* test_keyed.c: published vectors, round trips, refusals, threads.  Exits 1 when a check fails.
 *
 *   cc -std=c11 -Icsrc tests/c/test_keyed.c csrc/keyed*.c -lcrypto -pthread -o test_keyed && ./test_keyed [STEP]
 *
 * Memory fails at every STEP-th allocation of libcrypto (11).
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "keyed.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static unsigned checks, failures;

#define CHECK(what)                                                                                                    \
    do {                                                                                                               \
        ++checks;                                                                                                      \
        if (!(what)) {                                                                                                 \
            ++failures;                                                                                                \
            printf("%s:%d: not so: %s\n", __FILE__, __LINE__, #what);                                                  \
        }                                                                                                              \
    } while (0)

static so_crypto *crypto;

/* The bytes that a text in hexadecimal says; at most 256. */
typedef struct hex {
    uint8_t data[256];
    size_t bytes;
} hex;

static hex from_hex(const char *text)
{
    hex out = {.bytes = strlen(text) / 2};
    for (size_t i = 0; i < out.bytes; ++i) {
        char pair[3] = {text[2 * i], text[2 * i + 1], 0};
        out.data[i] = (uint8_t)strtoul(pair, NULL, 16);
    }
    return out;
}

static bool same(const uint8_t *got, const char *expected)
{
    hex wanted = from_hex(expected);
    return memcmp(got, wanted.data, wanted.bytes) == 0;
}

static hex repeated(uint8_t byte, size_t bytes)
{
    hex out = {.bytes = bytes};
    memset(out.data, byte, bytes);
    return out;
}

/* NIST CAVS 11.0, SHA256ShortMsg.rsp; FIPS 180-4's "abc". */
static void test_sha256(void)
{
    static const char *const vectors[][2] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"616263", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"d3", "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1"},
        {"11af", "5ca7133fa735326081558ac312c620eeca9970d1e70a4b95533d956f072d1f98"},
        {"b4190e", "dff2e73091f6c05e528896c4c831b9448653dc2ff043528f6769437bc7b975c2"},
        {"74ba2521", "b16aa56be3880d18cd41e68384cf1ec8c17680c45a02b1575dc1518923ae8b0e"},
        {"5738c929c4f4ccb6", "963bb88f27f512777aab6c8b1a02c70ec0ad651d428f870036e1917120fb48bf"},
        {"2d52447d1244d2ebc28650e7b05654bad35b3a68eedc7f8515306b496d75f3e73385dd1b002625024b81a02f2fd6dffb6e6d561cb7d0b"
         "d7a",
         "cfb88d6faf2de3a69d36195acec2e255e2af2b7d933997f348e09f6ce5758360"},
        {"5a86b737eaea8ee976a0a24da63e7ed7eefad18a101c1211e2b3650c5187c2a8a650547208251f6d4237e661c7bf4c77f335390394c37"
         "f"
         "a1a9f9be836ac28509",
         "42e61e174fbb3897d6dd6cef3dd2802fe67b331953b06114a65c772859dfc1aa"},
    };
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; ++i) {
        hex message = from_hex(vectors[i][0]);
        uint8_t out[SO_SHA256_BYTES];
        CHECK(so_sha256(crypto, message.data, message.bytes, out, NULL) == SO_KEYED_OK);
        CHECK(same(out, vectors[i][1]));
    }
}

static int stop_at_once(void *context)
{
    ++*(unsigned *)context;
    return 1;
}

static void test_sha256_file(void)
{
    FILE *file = tmpfile();
    CHECK(file);
    if (!file)
        return;
    size_t bytes = ((size_t)5 << 20) + 123;
    uint8_t *data = malloc(bytes), of_buffer[SO_SHA256_BYTES], of_file[SO_SHA256_BYTES];
    CHECK(data && fwrite(memset(data, 'a', bytes), 1, bytes, file) == bytes && fflush(file) == 0);
    int descriptor = fileno(file);
    unsigned calls = 0;
    CHECK(lseek(descriptor, 0, SEEK_SET) == 0);
    CHECK(so_sha256_file(crypto, descriptor, NULL, NULL, of_file, NULL) == SO_KEYED_OK);
    CHECK(so_sha256(crypto, data, bytes, of_buffer, NULL) == SO_KEYED_OK);
    CHECK(memcmp(of_file, of_buffer, sizeof of_file) == 0);
    CHECK(lseek(descriptor, 0, SEEK_SET) == 0);
    CHECK(so_sha256_file(crypto, descriptor, stop_at_once, &calls, of_file, NULL) == SO_KEYED_CANCELLED && calls == 1);
    errno = 0;
    CHECK(so_sha256_file(crypto, -1, NULL, NULL, of_file, NULL) == SO_KEYED_READ_FAILED && errno == EBADF);
    free(data);
    fclose(file);
}

/* RFC 4231, sections 4.2 to 4.8; case 5 is truncated to 128 bits there. */
static void test_hmac(void)
{
    struct {
        hex key;
        hex message;
        const char *mac;
    } vectors[] = {
        {repeated(0x0b, 20), from_hex("4869205468657265"),
         "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
        {from_hex("4a656665"), from_hex("7768617420646f2079612077616e7420666f72206e6f7468696e673f"),
         "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        {repeated(0xaa, 20), repeated(0xdd, 50), "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
        {from_hex("0102030405060708090a0b0c0d0e0f10111213141516171819"), repeated(0xcd, 50),
         "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
        {repeated(0x0c, 20), from_hex("546573742057697468205472756e636174696f6e"), "a3b6167473100ee06e0c796c2955552b"},
        {repeated(0xaa, 131),
         from_hex("54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b65792046"
                  "69727374"),
         "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
        {repeated(0xaa, 131), {.bytes = 0}, "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
    };
    static const char seventh[] = "This is a test using a larger than block-size key and a larger than block-size "
                                  "data. The key needs to be hashed "
                                  "before being used by the HMAC algorithm.";
    memcpy(vectors[6].message.data, seventh, sizeof seventh - 1);
    vectors[6].message.bytes = sizeof seventh - 1;
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; ++i) {
        uint8_t out[SO_SHA256_BYTES];
        CHECK(so_hmac(crypto, vectors[i].key.data, vectors[i].key.bytes, vectors[i].message.data,
                      vectors[i].message.bytes, out, NULL) == SO_KEYED_OK);
        CHECK(same(out, vectors[i].mac));
    }
}

/* RFC 5869, A.1 to A.3. */
static void test_hkdf(void)
{
    static const char *const vectors[][4] = {
        {"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "000102030405060708090a0b0c", "f0f1f2f3f4f5f6f7f8f9",
         "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"},
        {"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f3031323334353"
         "6"
         "3738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f",
         "606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f9091929394959"
         "6"
         "9798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeaf",
         "b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e"
         "6"
         "e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff",
         "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f0"
         "9"
         "b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"},
        {"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "", "",
         "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"},
    };
    uint8_t out[256];
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; ++i) {
        hex key = from_hex(vectors[i][0]), salt = from_hex(vectors[i][1]), info = from_hex(vectors[i][2]);
        size_t bytes = strlen(vectors[i][3]) / 2;
        CHECK(so_hkdf(crypto, key.data, key.bytes, salt.data, salt.bytes, info.data, info.bytes, out, bytes, NULL) ==
              SO_KEYED_OK);
        CHECK(same(out, vectors[i][3]));
    }
    CHECK(so_hkdf(crypto, "k", 1, NULL, 0, NULL, 0, out, 0, NULL) == SO_KEYED_BAD_ARGUMENT);
    CHECK(so_hkdf(crypto, "k", 1, NULL, 0, NULL, 0, out, 255 * 32 + 1, NULL) == SO_KEYED_BAD_ARGUMENT);
}

/* RFC 3394, 4.6. */
static void test_wrap(void)
{
    hex key = from_hex("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F");
    hex secret = from_hex("00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F");
    uint8_t wrapped[SO_WRAPPED_BYTES], back[SO_SECRET_BYTES];
    CHECK(so_wrap(crypto, key.data, secret.data, wrapped, NULL) == SO_KEYED_OK);
    CHECK(same(wrapped, "28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21"));
    CHECK(so_unwrap(crypto, key.data, wrapped, back, NULL) == SO_KEYED_OK);
    CHECK(memcmp(back, secret.data, sizeof back) == 0);
    for (size_t i = 0; i < sizeof wrapped; ++i) {
        wrapped[i] ^= 1;
        CHECK(so_unwrap(crypto, key.data, wrapped, back, NULL) == SO_KEYED_MISMATCH);
        wrapped[i] ^= 1;
    }
    CHECK(so_unwrap(crypto, secret.data, wrapped, back, NULL) == SO_KEYED_MISMATCH);
}

/* The PKCS#8 PEM of a seed (RFC 8410, section 7: a fixed head, then the 32 bytes). */
static void seed_pem(const char *seed, char out[256])
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char text[128], *cursor = out;
    snprintf(text, sizeof text, "302e020100300506032b657004220420%s", seed);
    hex der = from_hex(text);
    cursor += sprintf(cursor, "-----BEGIN PRIVATE KEY-----\n");
    for (size_t i = 0; i < der.bytes; i += 3) {
        uint32_t three = (uint32_t)der.data[i] << 16 | (uint32_t)der.data[i + 1] << 8 | der.data[i + 2];
        for (unsigned k = 0; k < 4; ++k)
            *cursor++ = letters[three >> (18 - 6 * k) & 63];
    }
    sprintf(cursor, "\n-----END PRIVATE KEY-----\n");
}

/* RFC 8032, 7.1: tests 1, 2, 3 and SHA(abc). */
static void test_signatures(void)
{
    static const char *const vectors[][4] = {
        {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
         "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
         "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bb"
         "e"
         "24655141438e7a100b"},
        {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
         "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
         "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302"
         "a"
         "eeb00d291612bb0c00"},
        {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
         "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
         "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed"
         "2"
         "8dc027beceea1ec40a"},
        {"833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
         "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
         "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce"
         "8"
         "0e2a9ac94fa54ca49f",
         "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac"
         "1"
         "7ad9bef1177331a704"},
    };
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; ++i) {
        char pem[256];
        seed_pem(vectors[i][0], pem);
        hex message = from_hex(vectors[i][2]);
        so_key *key = NULL;
        uint8_t public_key[SO_PUBLIC_BYTES], signature[SO_SIGNATURE_BYTES];
        CHECK(so_key_read(crypto, pem, strlen(pem), NULL, 0, &key, NULL) == SO_KEYED_OK);
        if (!key)
            continue;
        CHECK(so_key_public(key, public_key, NULL) == SO_KEYED_OK && same(public_key, vectors[i][1]));
        CHECK(so_key_sign(crypto, key, message.data, message.bytes, signature, NULL) == SO_KEYED_OK);
        CHECK(same(signature, vectors[i][3]));
        CHECK(so_verify(crypto, public_key, message.data, message.bytes, signature, NULL) == SO_KEYED_OK);
        for (size_t k = 0; k < sizeof signature; ++k) {
            signature[k] ^= 1;
            CHECK(so_verify(crypto, public_key, message.data, message.bytes, signature, NULL) == SO_KEYED_MISMATCH);
            signature[k] ^= 1;
        }
        message.data[message.bytes++] = 0;
        CHECK(so_verify(crypto, public_key, message.data, message.bytes, signature, NULL) == SO_KEYED_MISMATCH);
        so_key_free(key);
    }
}

static void test_keys(void)
{
    so_key *key = NULL, *back = NULL;
    char *pem = NULL;
    size_t bytes = 0;
    uint8_t one[SO_PUBLIC_BYTES], two[SO_PUBLIC_BYTES];
    CHECK(so_key_generate(crypto, &key, NULL) == SO_KEYED_OK);
    CHECK(so_key_public(key, one, NULL) == SO_KEYED_OK);
    CHECK(so_key_write(crypto, key, "open sesame", 11, &pem, &bytes, NULL) == SO_KEYED_OK);
    CHECK(bytes > 40 && memcmp(pem, "-----BEGIN ENCRYPTED PRIVATE KEY-----", 37) == 0);
    CHECK(so_key_read(crypto, pem, bytes, NULL, 0, &back, NULL) == SO_KEYED_NO_PASSPHRASE);
    CHECK(so_key_read(crypto, pem, bytes, "open sesamE", 11, &back, NULL) == SO_KEYED_BAD_PASSPHRASE);
    CHECK(so_key_read(crypto, pem, bytes, "open sesame", 11, &back, NULL) == SO_KEYED_OK);
    CHECK(so_key_public(back, two, NULL) == SO_KEYED_OK && memcmp(one, two, sizeof one) == 0);
    so_key_free(back);
    so_text_free(pem, bytes);
    CHECK(so_key_write(crypto, key, NULL, 0, &pem, &bytes, NULL) == SO_KEYED_OK);
    CHECK(so_key_read(crypto, pem, bytes - 30, NULL, 0, &back, NULL) == SO_KEYED_NOT_A_KEY);
    CHECK(so_public_read(crypto, pem, bytes, two, NULL) == SO_KEYED_NOT_A_KEY);
    so_text_free(pem, bytes);
    CHECK(so_key_write(crypto, key, "", 0, &pem, &bytes, NULL) == SO_KEYED_BAD_ARGUMENT);
    CHECK(so_public_write(crypto, one, &pem, &bytes, NULL) == SO_KEYED_OK);
    CHECK(so_public_read(crypto, pem, bytes, two, NULL) == SO_KEYED_OK && memcmp(one, two, sizeof one) == 0);
    CHECK(so_key_read(crypto, pem, bytes, NULL, 0, &back, NULL) == SO_KEYED_NOT_A_KEY);
    so_text_free(pem, bytes);
    so_key_free(key);
    /* An X25519 key: PEM of a public key, and of no use here. */
    static const char other[] =
        "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VuAyEAhSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=\n"
        "-----END PUBLIC KEY-----\n";
    CHECK(so_public_read(crypto, other, sizeof other - 1, two, NULL) == SO_KEYED_NOT_ED25519);
}

#define VALUES 50000u

static void test_codes(void)
{
    uint8_t key[SO_SECRET_BYTES], full[SO_SHA256_BYTES], message[8 + 4 + 16] = {0};
    memset(key, 7, sizeof key);
    uint8_t *data = malloc(VALUES * 8 + 1000), *one = malloc(VALUES * SO_CODE_BYTES),
            *two = malloc(VALUES * SO_CODE_BYTES);
    int64_t *offsets = malloc((VALUES + 1) * sizeof *offsets);
    CHECK(data && one && two && offsets);
    if (data && one && two && offsets) {
        offsets[0] = 0;
        for (uint32_t i = 0; i < VALUES; ++i) {
            int written = snprintf((char *)data + offsets[i], 9, "%x", i);
            offsets[i + 1] = offsets[i] + written;
        }
        so_values values = {.data = data, .data_bytes = (size_t)offsets[VALUES], .offsets = offsets, .count = VALUES};
        CHECK(so_codes(crypto, key, "rank", 4, &values, 1, NULL, NULL, one, NULL) == SO_KEYED_OK);
        CHECK(so_codes(crypto, key, "rank", 4, &values, 3, NULL, NULL, two, NULL) == SO_KEYED_OK);
        CHECK(memcmp(one, two, VALUES * SO_CODE_BYTES) == 0);
        message[7] = 4;
        memcpy(message + 8, "rank", 4);
        memcpy(message + 12, "1234", 4);
        CHECK(so_hmac(crypto, key, sizeof key, message, 16, full, NULL) == SO_KEYED_OK);
        CHECK(memcmp(full, one + 0x1234 * SO_CODE_BYTES, SO_CODE_BYTES) == 0);
        CHECK(so_codes(crypto, key, "ran", 3, &values, 1, NULL, NULL, two, NULL) == SO_KEYED_OK);
        CHECK(memcmp(one, two, SO_CODE_BYTES) != 0);
        unsigned calls = 0;
        CHECK(so_codes(crypto, key, "rank", 4, &(so_values){data, 3, offsets, VALUES}, 2, NULL, NULL, two, NULL) ==
              SO_KEYED_BAD_ARGUMENT);
        offsets[5] = offsets[6] + 1;
        CHECK(so_codes(crypto, key, "rank", 4, &values, 2, stop_at_once, &calls, two, NULL) == SO_KEYED_BAD_ARGUMENT);
        /* A value longer than the piece that most go in. */
        memset(data, 'x', 1000);
        int64_t ends[] = {0, 1000};
        CHECK(so_codes(crypto, key, "", 0, &(so_values){data, 1000, ends, 1}, 1, NULL, NULL, two, NULL) == SO_KEYED_OK);
        memmove(data + 8, data, 1000);
        memset(data, 0, 8);
        CHECK(so_hmac(crypto, key, sizeof key, data, 1008, full, NULL) == SO_KEYED_OK);
        CHECK(memcmp(full, two, SO_CODE_BYTES) == 0);
    }
    free(data);
    free(one);
    free(two);
    free(offsets);
}

static void test_rest(void)
{
    uint8_t one[32], two[32];
    CHECK(so_random(crypto, one, sizeof one, NULL) == SO_KEYED_OK &&
          so_random(crypto, two, sizeof two, NULL) == SO_KEYED_OK);
    CHECK(!so_equal(one, two, sizeof one) && so_equal(one, one, sizeof one));
    so_cleanse(one, sizeof one);
    CHECK(same(one, "0000000000000000000000000000000000000000000000000000000000000000"));
    for (int status = SO_KEYED_OK; status <= SO_KEYED_FAILED; ++status)
        CHECK(strcmp(so_keyed_describe((so_keyed_status)status), "unknown status") != 0);
}

/* libcrypto's allocator, which fails at the call number fail_at (from 1; 0: never). */
static atomic_size_t allocations, fail_at;

static void *failing_malloc(size_t bytes, const char *file, int line)
{
    (void)file;
    (void)line;
    return ++allocations == fail_at ? NULL : malloc(bytes);
}

static void *failing_realloc(void *piece, size_t bytes, const char *file, int line)
{
    (void)file;
    (void)line;
    return ++allocations == fail_at ? NULL : realloc(piece, bytes);
}

static void plain_free(void *piece, const char *file, int line)
{
    (void)file;
    (void)line;
    free(piece);
}

/* Everything once, memory ending at one call; true when it did not end. */
static bool all_succeed(void)
{
    uint8_t out[64] = {0}, wrapped[SO_WRAPPED_BYTES], key[SO_SECRET_BYTES] = {1};
    int64_t offsets[] = {0, 2, 5};
    so_values values = {(const uint8_t *)"abcde", 5, offsets, 2};
    so_key *made = NULL, *back = NULL;
    char *pem = NULL, *public_pem = NULL;
    size_t bytes = 0, public_bytes = 0;
    bool good = so_sha256(crypto, "abc", 3, out, NULL) == SO_KEYED_OK &&
                so_hmac(crypto, key, sizeof key, "abc", 3, out, NULL) == SO_KEYED_OK &&
                so_hkdf(crypto, key, sizeof key, "s", 1, "i", 1, out, 32, NULL) == SO_KEYED_OK &&
                so_wrap(crypto, key, key, wrapped, NULL) == SO_KEYED_OK &&
                so_unwrap(crypto, key, wrapped, out, NULL) == SO_KEYED_OK &&
                so_codes(crypto, key, "rank", 4, &values, 2, NULL, NULL, out, NULL) == SO_KEYED_OK &&
                so_key_generate(crypto, &made, NULL) == SO_KEYED_OK &&
                so_key_write(crypto, made, NULL, 0, &pem, &bytes, NULL) == SO_KEYED_OK &&
                so_key_read(crypto, pem, bytes, NULL, 0, &back, NULL) == SO_KEYED_OK &&
                so_key_sign(crypto, back, "abc", 3, out, NULL) == SO_KEYED_OK &&
                so_key_public(back, key, NULL) == SO_KEYED_OK &&
                so_verify(crypto, key, "abc", 3, out, NULL) == SO_KEYED_OK &&
                so_public_write(crypto, key, &public_pem, &public_bytes, NULL) == SO_KEYED_OK &&
                so_public_read(crypto, public_pem, public_bytes, key, NULL) == SO_KEYED_OK;
    so_text_free(pem, bytes);
    so_text_free(public_pem, public_bytes);
    so_key_free(made);
    so_key_free(back);
    return good;
}

/* At every `step`-th of its allocations. */
static void test_failing_memory(size_t step)
{
    CHECK(all_succeed());
    allocations = 0;
    CHECK(all_succeed());
    size_t all = allocations;
    CHECK(all > 100);
    for (size_t at = 1; at <= all; at += step) {
        allocations = 0;
        fail_at = at;
        (void)all_succeed(); /* libcrypto may do without; what counts is that nothing leaks or breaks */
        fail_at = 0;
        CHECK(all_succeed());
    }
}

int main(int n_arguments, char **arguments)
{
    so_reason why = {""};
    CRYPTO_set_mem_functions(failing_malloc, failing_realloc, plain_free);
    if (so_crypto_open(&crypto, &why) != SO_KEYED_OK) {
        printf("libcrypto could not be opened: %s\n", why.text);
        return 1;
    }
    test_sha256();
    test_sha256_file();
    test_hmac();
    test_hkdf();
    test_wrap();
    test_signatures();
    test_keys();
    test_codes();
    test_rest();
    test_failing_memory(n_arguments > 1 ? strtoul(arguments[1], NULL, 10) : 11);
    so_crypto_close(crypto);
    printf("keyed: %u checks, %u failed\n", checks, failures);
    return failures != 0;
}
