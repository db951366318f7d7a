/* keyed_secret.c: the type Secret, 32 bytes of key that Python never sees. */
#include "keyed_python.h"

#include <string.h>

typedef struct secret_object {
    PyObject_HEAD uint8_t bytes[SO_SECRET_BYTES];
} secret_object;

static const keyed_state *state_of(PyObject *self)
{
    return PyType_GetModuleState(Py_TYPE(self));
}

static PyObject *secret_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"key", NULL};
    Py_buffer key;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "y*:Secret", names, &key))
        return NULL;
    secret_object *self = NULL;
    if (key.len != SO_SECRET_BYTES) {
        PyErr_Format(PyExc_ValueError, "a secret has %u bytes", SO_SECRET_BYTES);
        goto done;
    }
    allocfunc allocate = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    self = (secret_object *)allocate(type, 0);
    if (self)
        memcpy(self->bytes, key.buf, SO_SECRET_BYTES);
done:
    PyBuffer_Release(&key);
    return (PyObject *)self;
}

/* An empty one of the same type, for the caller to fill. */
static secret_object *secret_empty(PyObject *like)
{
    PyTypeObject *type = Py_TYPE(like);
    allocfunc allocate = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    return (secret_object *)allocate(type, 0);
}

static void secret_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    so_cleanse(((secret_object *)self)->bytes, SO_SECRET_BYTES);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(self);
    Py_DECREF(type);
}

static PyObject *secret_derive(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"salt", "info", NULL};
    Py_buffer salt, info;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "y*y*:derive", names, &salt, &info))
        return NULL;
    const keyed_state *state = state_of(self);
    so_reason why = {""};
    so_keyed_status status = SO_KEYED_OK;
    secret_object *child = secret_empty(self);
    if (child)
        status = so_hkdf(state->crypto, ((secret_object *)self)->bytes, SO_SECRET_BYTES, salt.buf, (size_t)salt.len,
                         info.buf, (size_t)info.len, child->bytes, SO_SECRET_BYTES, &why);
    PyBuffer_Release(&salt);
    PyBuffer_Release(&info);
    if (status == SO_KEYED_OK)
        return (PyObject *)child;
    Py_XDECREF((PyObject *)child);
    return keyed_raise(state, status, &why);
}

static PyObject *secret_hmac(PyObject *self, PyObject *args)
{
    Py_buffer data;
    if (!PyArg_ParseTuple(args, "y*:hmac", &data))
        return NULL;
    const keyed_state *state = state_of(self);
    uint8_t out[SO_SHA256_BYTES];
    so_reason why = {""};
    so_keyed_status status;
    Py_BEGIN_ALLOW_THREADS status =
        so_hmac(state->crypto, ((secret_object *)self)->bytes, SO_SECRET_BYTES, data.buf, (size_t)data.len, out, &why);
    Py_END_ALLOW_THREADS PyBuffer_Release(&data);
    if (status != SO_KEYED_OK)
        return keyed_raise(state, status, &why);
    return PyBytes_FromStringAndSize((const char *)out, sizeof out);
}

static PyObject *secret_wrap(PyObject *self, PyObject *other)
{
    const keyed_state *state = state_of(self);
    if (!PyObject_TypeCheck(other, state->secret_type))
        return PyErr_Format(PyExc_TypeError, "wrap takes a Secret");
    uint8_t out[SO_WRAPPED_BYTES];
    so_reason why = {""};
    so_keyed_status status =
        so_wrap(state->crypto, ((secret_object *)self)->bytes, ((secret_object *)other)->bytes, out, &why);
    if (status != SO_KEYED_OK)
        return keyed_raise(state, status, &why);
    return PyBytes_FromStringAndSize((const char *)out, sizeof out);
}

static PyObject *secret_unwrap(PyObject *self, PyObject *args)
{
    Py_buffer wrapped;
    if (!PyArg_ParseTuple(args, "y*:unwrap", &wrapped))
        return NULL;
    const keyed_state *state = state_of(self);
    so_reason why = {""};
    so_keyed_status status = SO_KEYED_MISMATCH;
    secret_object *child = secret_empty(self);
    if (child && wrapped.len == SO_WRAPPED_BYTES)
        status = so_unwrap(state->crypto, ((secret_object *)self)->bytes, wrapped.buf, child->bytes, &why);
    PyBuffer_Release(&wrapped);
    if (!child || status == SO_KEYED_OK)
        return (PyObject *)child;
    Py_DECREF((PyObject *)child);
    return keyed_raise(state, status, &why);
}

/* Whether the buffer holds whole, aligned int64 offsets, at least one. */
static bool offsets_usable(const Py_buffer *offsets)
{
    return offsets->len >= (Py_ssize_t)sizeof(int64_t) && offsets->len % (Py_ssize_t)sizeof(int64_t) == 0 &&
           (uintptr_t)offsets->buf % _Alignof(int64_t) == 0;
}

static PyObject *secret_codes(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"name", "data", "offsets", "threads", NULL};
    Py_buffer name, data, offsets;
    unsigned threads = 1;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "y*y*y*|I:codes", names, &name, &data, &offsets, &threads))
        return NULL;
    const keyed_state *state = state_of(self);
    PyObject *out = NULL;
    so_reason why = {""};
    so_keyed_status status = SO_KEYED_BAD_ARGUMENT;
    if (!offsets_usable(&offsets))
        goto done;
    so_values values = {.data = data.buf,
                        .data_bytes = (size_t)data.len,
                        .offsets = offsets.buf,
                        .count = (size_t)offsets.len / sizeof(int64_t) - 1};
    status = SO_KEYED_NO_MEMORY;
    if (values.count > (size_t)PY_SSIZE_T_MAX / SO_CODE_BYTES)
        goto done;
    out = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)(values.count * SO_CODE_BYTES));
    if (!out)
        goto done;
    uint8_t *codes = (uint8_t *)PyBytes_AsString(out);
    keyed_wait wait = {PyEval_SaveThread()};
    status = so_codes(state->crypto, ((secret_object *)self)->bytes, name.buf, (size_t)name.len, &values, threads,
                      keyed_signals, &wait, codes, &why);
    PyEval_RestoreThread(wait.saved);
done:
    PyBuffer_Release(&name);
    PyBuffer_Release(&data);
    PyBuffer_Release(&offsets);
    if (status == SO_KEYED_OK)
        return out;
    Py_XDECREF(out);
    return keyed_raise(state, status, &why);
}

static PyMethodDef secret_methods[] = {
    {"derive", (PyCFunction)(void (*)(void))secret_derive, METH_VARARGS | METH_KEYWORDS,
     "derive(salt, info)\n--\n\nThe secret that HKDF-SHA-256 (RFC 5869) gives for this purpose."},
    {"hmac", secret_hmac, METH_VARARGS, "hmac(data, /)\n--\n\nHMAC-SHA-256 of the data under this secret."},
    {"wrap", secret_wrap, METH_O, "wrap(secret, /)\n--\n\nAnother secret, wrapped under this one (RFC 3394)."},
    {"unwrap", secret_unwrap, METH_VARARGS, "unwrap(wrapped, /)\n--\n\nThe secret that wrap() wrapped."},
    {"codes", (PyCFunction)(void (*)(void))secret_codes, METH_VARARGS | METH_KEYWORDS,
     "codes(name, data, offsets, threads=1)\n--\n\nThe 16-byte keyed codes of values laid out as in Arrow."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot secret_slots[] = {
    {Py_tp_new, secret_new},
    {Py_tp_dealloc, secret_dealloc},
    {Py_tp_methods, secret_methods},
    {Py_tp_doc, "Secret(key)\n--\n\n32 bytes of key, cleansed when dropped and never shown."},
    {0, NULL},
};

PyType_Spec keyed_secret_spec = {
    .name = "singleout._keyed.Secret",
    .basicsize = sizeof(secret_object),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = secret_slots,
};
