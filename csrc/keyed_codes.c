/* keyed_codes.c: the keyed codes of a column of distinct values, over several threads. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* clock_gettime */
#endif
#include "keyed_parts.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define BLOCK 1024u          /* values that a thread takes at a time */
#define WORTH_A_THREAD 8192u /* values */
#define MESSAGE_BYTES 512u   /* a longer message goes in two pieces */
#define MAX_THREADS 1024u
#define POLL_MILLISECONDS 50

typedef struct job {
    const so_crypto *crypto;
    EVP_MAC_CTX *keyed; /* with the key set; only ever duplicated */
    const uint8_t *prefix;
    size_t prefix_bytes;
    const so_values *values;
    uint8_t *out;
    atomic_size_t next;
    atomic_bool stop;
    pthread_mutex_t lock;
    pthread_cond_t done;
    unsigned living;
    bool forked; /* this is a child without the threads: nothing that they share is to be touched */
    so_keyed_status status;
    so_reason why;
} job;

static bool code_one(EVP_MAC_CTX *mac, const job *work, uint8_t *message, size_t i)
{
    const so_values *values = work->values;
    const uint8_t *value = values->data + values->offsets[i];
    size_t bytes = (size_t)(values->offsets[i + 1] - values->offsets[i]), got;
    uint8_t full[SO_SHA256_BYTES];
    if (EVP_MAC_init(mac, NULL, 0, NULL) != 1)
        return false;
    if (work->prefix_bytes + bytes <= MESSAGE_BYTES) {
        if (bytes)
            memcpy(message + work->prefix_bytes, value, bytes);
        if (EVP_MAC_update(mac, message, work->prefix_bytes + bytes) != 1)
            return false;
    } else if (EVP_MAC_update(mac, work->prefix, work->prefix_bytes) != 1 || EVP_MAC_update(mac, value, bytes) != 1) {
        return false;
    }
    if (EVP_MAC_final(mac, full, &got, sizeof full) != 1)
        return false;
    memcpy(work->out + i * SO_CODE_BYTES, full, SO_CODE_BYTES);
    return true;
}

static void fail(job *work, so_keyed_status status)
{
    so_reason why;
    status = so_failed(status, &why);
    pthread_mutex_lock(&work->lock);
    if (work->status == SO_KEYED_OK) {
        work->status = status;
        work->why = why;
    }
    pthread_mutex_unlock(&work->lock);
    atomic_store(&work->stop, true);
}

static void code_blocks(job *work)
{
    uint8_t message[MESSAGE_BYTES];
    EVP_MAC_CTX *mac = EVP_MAC_CTX_dup(work->keyed);
    if (!mac) {
        fail(work, SO_KEYED_NO_MEMORY);
        return;
    }
    if (work->prefix_bytes <= MESSAGE_BYTES)
        memcpy(message, work->prefix, work->prefix_bytes);
    size_t count = work->values->count;
    while (!atomic_load_explicit(&work->stop, memory_order_relaxed)) {
        size_t i = atomic_fetch_add(&work->next, BLOCK);
        if (i >= count)
            break;
        size_t end = count - i < BLOCK ? count : i + BLOCK;
        while (i < end && code_one(mac, work, message, i))
            ++i;
        if (i < end) {
            fail(work, SO_KEYED_FAILED);
            break;
        }
    }
    EVP_MAC_CTX_free(mac);
    OPENSSL_cleanse(message, sizeof message);
}

static void *run(void *argument)
{
    job *work = argument;
    code_blocks(work);
    pthread_mutex_lock(&work->lock);
    --work->living;
    pthread_cond_signal(&work->done);
    pthread_mutex_unlock(&work->lock);
    return NULL;
}

/* Waits for the threads; from time to time asks whether to go on. */
static void watch(job *work, so_keyed_poll poll, void *context)
{
    pid_t process = getpid();
    pthread_mutex_lock(&work->lock);
    while (work->living) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += POLL_MILLISECONDS * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        if (pthread_cond_timedwait(&work->done, &work->lock, &until) != ETIMEDOUT || !poll)
            continue;
        pthread_mutex_unlock(&work->lock);
        bool asked = poll(context) != 0;
        if (getpid() != process) {
            work->forked = true;
            return;
        }
        pthread_mutex_lock(&work->lock);
        if (asked) {
            atomic_store(&work->stop, true);
            if (work->status == SO_KEYED_OK)
                work->status = SO_KEYED_CANCELLED;
        }
    }
    pthread_mutex_unlock(&work->lock);
}

static void run_threads(job *work, unsigned threads, so_keyed_poll poll, void *context)
{
    pthread_t *handles = OPENSSL_malloc(threads * sizeof *handles);
    if (!handles) {
        fail(work, SO_KEYED_NO_MEMORY);
        return;
    }
    unsigned started = 0;
    pthread_mutex_lock(&work->lock);
    while (started < threads && pthread_create(&handles[started], NULL, run, work) == 0) {
        ++started;
        ++work->living;
    }
    pthread_mutex_unlock(&work->lock);
    if (!started)
        fail(work, SO_KEYED_NO_THREAD);
    watch(work, poll, context);
    if (work->forked)
        return;
    for (unsigned i = 0; i < started; ++i)
        pthread_join(handles[i], NULL);
    OPENSSL_free(handles);
}

static bool usable(const so_values *values)
{
    if (values->offsets[0] < 0 || (uint64_t)values->offsets[values->count] > values->data_bytes)
        return false;
    for (size_t i = 0; i < values->count; ++i)
        if (values->offsets[i] > values->offsets[i + 1])
            return false;
    return true;
}

so_keyed_status so_codes(const so_crypto *crypto, const uint8_t key[SO_SECRET_BYTES], const void *name,
                         size_t name_bytes, const so_values *values, unsigned threads, so_keyed_poll poll,
                         void *context, uint8_t *out, so_reason *why)
{
    if (!crypto->hmac)
        return so_lacking(crypto, "HMAC", why);
    if (!usable(values) || name_bytes > SIZE_MAX - 8)
        return SO_KEYED_BAD_ARGUMENT;
    size_t prefix_bytes = name_bytes + 8;
    uint8_t *prefix = OPENSSL_malloc(prefix_bytes);
    job work = {.crypto = crypto, .prefix = prefix, .prefix_bytes = prefix_bytes, .values = values, .out = out};
    work.keyed = so_mac_open(crypto, key, SO_SECRET_BYTES);
    if (!prefix || !work.keyed) {
        work.status = so_failed(prefix ? SO_KEYED_FAILED : SO_KEYED_NO_MEMORY, &work.why);
        goto done;
    }
    for (unsigned i = 0; i < 8; ++i)
        prefix[i] = (uint8_t)((uint64_t)name_bytes >> (56 - 8 * i));
    if (name_bytes)
        memcpy(prefix + 8, name, name_bytes);
    if (pthread_mutex_init(&work.lock, NULL) != 0) {
        work.status = SO_KEYED_NO_MEMORY;
        goto done;
    }
    if (pthread_cond_init(&work.done, NULL) != 0) {
        pthread_mutex_destroy(&work.lock);
        work.status = SO_KEYED_NO_MEMORY;
        goto done;
    }
    size_t worth = values->count / WORTH_A_THREAD + 1;
    threads = threads > MAX_THREADS ? MAX_THREADS : threads;
    threads = threads > worth ? (unsigned)worth : threads;
    if (threads <= 1 && values->count <= WORTH_A_THREAD)
        code_blocks(&work);
    else
        run_threads(&work, threads ? threads : 1, poll, context);
    if (work.forked)
        return SO_KEYED_CANCELLED;
    pthread_cond_destroy(&work.done);
    pthread_mutex_destroy(&work.lock);
done:
    EVP_MAC_CTX_free(work.keyed);
    OPENSSL_free(prefix);
    if (why)
        *why = work.why;
    return work.status;
}
