/* keyed_key.c: the type PrivateKey, an Ed25519 key that signs. */
#include "keyed_python.h"

typedef struct key_object {
    PyObject_HEAD so_key *key;
} key_object;

static const keyed_state *state_of(PyObject *self)
{
    return PyType_GetModuleState(Py_TYPE(self));
}

/* Takes the key over. */
static PyObject *key_wrap(PyTypeObject *type, so_key *key)
{
    allocfunc allocate = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    key_object *self = (key_object *)allocate(type, 0);
    if (self)
        self->key = key;
    else
        so_key_free(key);
    return (PyObject *)self;
}

static void key_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    so_key_free(((key_object *)self)->key);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(self);
    Py_DECREF(type);
}

static PyObject *key_generate(PyObject *class, PyObject *Py_UNUSED(ignored))
{
    PyTypeObject *type = (PyTypeObject *)class;
    const keyed_state *state = PyType_GetModuleState(type);
    so_key *key = NULL;
    so_reason why = {""};
    so_keyed_status status = so_key_generate(state->crypto, &key, &why);
    return status == SO_KEYED_OK ? key_wrap(type, key) : keyed_raise(state, status, &why);
}

/* None, or a buffer. */
static bool passphrase_of(PyObject *given, Py_buffer *out)
{
    *out = (Py_buffer){0};
    return given == Py_None || PyObject_GetBuffer(given, out, PyBUF_SIMPLE) == 0;
}

static PyObject *key_from_pem(PyObject *class, PyObject *args)
{
    PyTypeObject *type = (PyTypeObject *)class;
    const keyed_state *state = PyType_GetModuleState(type);
    PyObject *given = Py_None;
    Py_buffer pem, passphrase;
    if (!PyArg_ParseTuple(args, "y*|O:from_pem", &pem, &given))
        return NULL;
    if (!passphrase_of(given, &passphrase)) {
        PyBuffer_Release(&pem);
        return NULL;
    }
    so_key *key = NULL;
    so_reason why = {""};
    so_keyed_status status;
    Py_BEGIN_ALLOW_THREADS status =
        so_key_read(state->crypto, pem.buf, (size_t)pem.len, passphrase.buf, (size_t)passphrase.len, &key, &why);
    Py_END_ALLOW_THREADS PyBuffer_Release(&pem);
    if (passphrase.obj)
        PyBuffer_Release(&passphrase);
    return status == SO_KEYED_OK ? key_wrap(type, key) : keyed_raise(state, status, &why);
}

static PyObject *key_to_pem(PyObject *self, PyObject *given)
{
    const keyed_state *state = state_of(self);
    Py_buffer passphrase;
    if (!passphrase_of(given, &passphrase))
        return NULL;
    char *text = NULL;
    size_t bytes = 0;
    so_reason why = {""};
    so_keyed_status status;
    Py_BEGIN_ALLOW_THREADS status = so_key_write(state->crypto, ((key_object *)self)->key, passphrase.buf,
                                                 (size_t)passphrase.len, &text, &bytes, &why);
    Py_END_ALLOW_THREADS if (passphrase.obj) PyBuffer_Release(&passphrase);
    if (status != SO_KEYED_OK)
        return keyed_raise(state, status, &why);
    PyObject *out = PyByteArray_FromStringAndSize(text, (Py_ssize_t)bytes);
    so_text_free(text, bytes);
    return out;
}

static PyObject *key_public(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    uint8_t out[SO_PUBLIC_BYTES];
    so_reason why = {""};
    so_keyed_status status = so_key_public(((key_object *)self)->key, out, &why);
    if (status != SO_KEYED_OK)
        return keyed_raise(state_of(self), status, &why);
    return PyBytes_FromStringAndSize((const char *)out, sizeof out);
}

static PyObject *key_sign(PyObject *self, PyObject *args)
{
    Py_buffer message;
    if (!PyArg_ParseTuple(args, "y*:sign", &message))
        return NULL;
    const keyed_state *state = state_of(self);
    uint8_t out[SO_SIGNATURE_BYTES];
    so_reason why = {""};
    so_keyed_status status;
    Py_BEGIN_ALLOW_THREADS status =
        so_key_sign(state->crypto, ((key_object *)self)->key, message.buf, (size_t)message.len, out, &why);
    Py_END_ALLOW_THREADS PyBuffer_Release(&message);
    if (status != SO_KEYED_OK)
        return keyed_raise(state, status, &why);
    return PyBytes_FromStringAndSize((const char *)out, sizeof out);
}

static PyMethodDef key_methods[] = {
    {"generate", key_generate, METH_NOARGS | METH_CLASS, "generate()\n--\n\nA new key."},
    {"from_pem", key_from_pem, METH_VARARGS | METH_CLASS,
     "from_pem(pem, passphrase=None, /)\n--\n\nThe key in PKCS#8 PEM, encrypted or not."},
    {"to_pem", key_to_pem, METH_O,
     "to_pem(passphrase, /)\n--\n\nPKCS#8 PEM, encrypted unless the passphrase is None; a bytearray, to be cleansed."},
    {"public", key_public, METH_NOARGS, "public()\n--\n\nThe public key, 32 bytes."},
    {"sign", key_sign, METH_VARARGS, "sign(message, /)\n--\n\nThe signature (RFC 8032, Ed25519), 64 bytes."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot key_slots[] = {
    {Py_tp_dealloc, key_dealloc},
    {Py_tp_methods, key_methods},
    {Py_tp_doc, "An Ed25519 private key: PrivateKey.generate() or PrivateKey.from_pem()."},
    {0, NULL},
};

PyType_Spec keyed_key_spec = {
    .name = "singleout._keyed.PrivateKey",
    .basicsize = sizeof(key_object),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = key_slots,
};
