/* keyed_loop.c: the bare loop that bench/keyed.py compares with: libcrypto's EVP_MAC, key set once a thread, no more
 * than a call a value.  Values are laid out as in Arrow; thread t of n takes the t-th of n equal runs of them. */
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>

typedef struct run {
    const unsigned char *key, *data;
    const int64_t *offsets;
    size_t from, to;
    unsigned char *out;
    int good;
} run;

static void *loop(void *argument)
{
    run *one = argument;
    char digest[] = "SHA256";
    OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                               OSSL_PARAM_construct_end()};
    EVP_MAC *hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    EVP_MAC_CTX *mac = EVP_MAC_CTX_new(hmac);
    one->good = mac && EVP_MAC_init(mac, one->key, 32, parameters);
    for (size_t i = one->from; one->good && i < one->to; ++i) {
        unsigned char full[32];
        size_t got;
        one->good = EVP_MAC_init(mac, NULL, 0, NULL) &&
                    EVP_MAC_update(mac, one->data + one->offsets[i], (size_t)(one->offsets[i + 1] - one->offsets[i])) &&
                    EVP_MAC_final(mac, full, &got, sizeof full);
        memcpy(one->out + 16 * i, full, 16);
    }
    EVP_MAC_CTX_free(mac);
    EVP_MAC_free(hmac);
    return NULL;
}

/* 1 when every value has its 16 bytes in out. */
int bare_loop(const unsigned char *key, const unsigned char *data, const int64_t *offsets, size_t count,
              unsigned threads, unsigned char *out);

int bare_loop(const unsigned char *key, const unsigned char *data, const int64_t *offsets, size_t count,
              unsigned threads, unsigned char *out)
{
    enum { MOST = 64 };
    run runs[MOST];
    pthread_t handles[MOST];
    if (threads < 1 || threads > MOST)
        return 0;
    int good = 1;
    unsigned started = 0;
    for (; started < threads; ++started) {
        runs[started] = (run){key, data, offsets, count * started / threads, count * (started + 1) / threads, out, 0};
        if (pthread_create(&handles[started], NULL, loop, &runs[started]))
            break;
    }
    for (unsigned i = 0; i < started; ++i) {
        pthread_join(handles[i], NULL);
        good &= runs[i].good;
    }
    return good && started == threads;
}
