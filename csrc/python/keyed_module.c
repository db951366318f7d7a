/* keyed_module.c: the module singleout._keyed, its functions and its exceptions. */
#include "keyed_python.h"

#include <errno.h>

PyObject *keyed_raise(const keyed_state *state, so_keyed_status status, const so_reason *why)
{
    if (PyErr_Occurred()) /* by a signal's handler, or for want of memory */
        return NULL;
    PyObject *type = state->error;
    switch (status) {
    case SO_KEYED_NO_MEMORY: return PyErr_NoMemory();
    case SO_KEYED_READ_FAILED: return PyErr_SetFromErrno(PyExc_OSError);
    case SO_KEYED_BAD_ARGUMENT: type = PyExc_ValueError; break;
    case SO_KEYED_NO_PASSPHRASE:
    case SO_KEYED_BAD_PASSPHRASE: type = state->passphrase_error; break;
    case SO_KEYED_UNAVAILABLE: type = state->unavailable_error; break;
    default: break;
    }
    bool told = status == SO_KEYED_FAILED || status == SO_KEYED_UNAVAILABLE;
    if (told && why->text[0])
        return PyErr_Format(type, "%s: %s", so_keyed_describe(status), why->text);
    return PyErr_Format(type, "%s", so_keyed_describe(status));
}

int keyed_signals(void *context)
{
    keyed_wait *wait = context;
    PyEval_RestoreThread(wait->saved);
    int raised = PyErr_CheckSignals();
    wait->saved = PyEval_SaveThread();
    return raised;
}

static PyObject *module_sha256(PyObject *module, PyObject *args)
{
    Py_buffer data;
    if (!PyArg_ParseTuple(args, "y*:sha256", &data))
        return NULL;
    const keyed_state *state = PyModule_GetState(module);
    uint8_t out[SO_SHA256_BYTES];
    so_reason why = {""};
    so_keyed_status status;
    Py_BEGIN_ALLOW_THREADS status = so_sha256(state->crypto, data.buf, (size_t)data.len, out, &why);
    Py_END_ALLOW_THREADS PyBuffer_Release(&data);
    if (status != SO_KEYED_OK)
        return keyed_raise(state, status, &why);
    return PyBytes_FromStringAndSize((const char *)out, sizeof out);
}

static PyObject *module_sha256_file(PyObject *module, PyObject *args)
{
    int descriptor;
    if (!PyArg_ParseTuple(args, "i:sha256_file", &descriptor))
        return NULL;
    const keyed_state *state = PyModule_GetState(module);
    uint8_t out[SO_SHA256_BYTES];
    so_reason why = {""};
    keyed_wait wait = {PyEval_SaveThread()};
    so_keyed_status status = so_sha256_file(state->crypto, descriptor, keyed_signals, &wait, out, &why);
    int kept = errno;
    PyEval_RestoreThread(wait.saved);
    errno = kept;
    if (status != SO_KEYED_OK)
        return keyed_raise(state, status, &why);
    return PyBytes_FromStringAndSize((const char *)out, sizeof out);
}

static PyObject *module_random(PyObject *module, PyObject *args)
{
    Py_ssize_t bytes;
    if (!PyArg_ParseTuple(args, "n:random", &bytes))
        return NULL;
    if (bytes < 0)
        return PyErr_Format(PyExc_ValueError, "a count of bytes is not negative");
    const keyed_state *state = PyModule_GetState(module);
    PyObject *out = PyByteArray_FromStringAndSize(NULL, bytes);
    if (!out)
        return NULL;
    so_reason why = {""};
    so_keyed_status status = so_random(state->crypto, PyByteArray_AsString(out), (size_t)bytes, &why);
    if (status == SO_KEYED_OK)
        return out;
    Py_DECREF(out);
    return keyed_raise(state, status, &why);
}

static PyObject *module_equal(PyObject *Py_UNUSED(module), PyObject *args)
{
    Py_buffer a, b;
    if (!PyArg_ParseTuple(args, "y*y*:equal", &a, &b))
        return NULL;
    bool same = a.len == b.len && so_equal(a.buf, b.buf, (size_t)a.len);
    PyBuffer_Release(&a);
    PyBuffer_Release(&b);
    return PyBool_FromLong(same);
}

static PyObject *module_cleanse(PyObject *Py_UNUSED(module), PyObject *args)
{
    Py_buffer memory;
    if (!PyArg_ParseTuple(args, "w*:cleanse", &memory))
        return NULL;
    so_cleanse(memory.buf, (size_t)memory.len);
    PyBuffer_Release(&memory);
    Py_RETURN_NONE;
}

static PyObject *module_verify(PyObject *module, PyObject *args)
{
    Py_buffer public_key, message, signature;
    if (!PyArg_ParseTuple(args, "y*y*y*:verify", &public_key, &message, &signature))
        return NULL;
    const keyed_state *state = PyModule_GetState(module);
    so_reason why = {""};
    so_keyed_status status = SO_KEYED_MISMATCH;
    if (public_key.len == SO_PUBLIC_BYTES && signature.len == SO_SIGNATURE_BYTES) {
        Py_BEGIN_ALLOW_THREADS status =
            so_verify(state->crypto, public_key.buf, message.buf, (size_t)message.len, signature.buf, &why);
        Py_END_ALLOW_THREADS
    }
    PyBuffer_Release(&public_key);
    PyBuffer_Release(&message);
    PyBuffer_Release(&signature);
    if (status != SO_KEYED_OK && status != SO_KEYED_MISMATCH)
        return keyed_raise(state, status, &why);
    return PyBool_FromLong(status == SO_KEYED_OK);
}

static PyObject *module_public_from_pem(PyObject *module, PyObject *args)
{
    Py_buffer pem;
    if (!PyArg_ParseTuple(args, "y*:public_from_pem", &pem))
        return NULL;
    const keyed_state *state = PyModule_GetState(module);
    uint8_t out[SO_PUBLIC_BYTES];
    so_reason why = {""};
    so_keyed_status status = so_public_read(state->crypto, pem.buf, (size_t)pem.len, out, &why);
    PyBuffer_Release(&pem);
    if (status != SO_KEYED_OK)
        return keyed_raise(state, status, &why);
    return PyBytes_FromStringAndSize((const char *)out, sizeof out);
}

static PyObject *module_public_to_pem(PyObject *module, PyObject *args)
{
    Py_buffer public_key;
    if (!PyArg_ParseTuple(args, "y*:public_to_pem", &public_key))
        return NULL;
    const keyed_state *state = PyModule_GetState(module);
    char *text = NULL;
    size_t bytes = 0;
    so_reason why = {""};
    so_keyed_status status = SO_KEYED_BAD_ARGUMENT;
    if (public_key.len == SO_PUBLIC_BYTES)
        status = so_public_write(state->crypto, public_key.buf, &text, &bytes, &why);
    PyBuffer_Release(&public_key);
    if (status != SO_KEYED_OK)
        return keyed_raise(state, status, &why);
    PyObject *out = PyBytes_FromStringAndSize(text, (Py_ssize_t)bytes);
    so_text_free(text, bytes);
    return out;
}

static PyObject *module_forbid_core_files(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(ignored))
{
    return PyBool_FromLong(so_forbid_core_files());
}

static PyObject *module_library(PyObject *module, PyObject *Py_UNUSED(ignored))
{
    const keyed_state *state = PyModule_GetState(module);
    return Py_BuildValue("(sN)", so_crypto_version(), PyBool_FromLong(so_crypto_fips(state->crypto)));
}

static PyMethodDef module_methods[] = {
    {"sha256", module_sha256, METH_VARARGS, "sha256(data, /)\n--\n\nSHA-256 of a buffer."},
    {"sha256_file", module_sha256_file, METH_VARARGS,
     "sha256_file(descriptor, /)\n--\n\nSHA-256 of what is left to read from a file descriptor."},
    {"random", module_random, METH_VARARGS, "random(count, /)\n--\n\nRandom bytes, in a bytearray to be cleansed."},
    {"equal", module_equal, METH_VARARGS, "equal(a, b, /)\n--\n\nWhether two buffers are equal, in constant time."},
    {"cleanse", module_cleanse, METH_VARARGS, "cleanse(memory, /)\n--\n\nOverwrite a writable buffer."},
    {"verify", module_verify, METH_VARARGS,
     "verify(public_key, message, signature, /)\n--\n\nWhether an Ed25519 signature is of this message by this key."},
    {"public_from_pem", module_public_from_pem, METH_VARARGS,
     "public_from_pem(pem, /)\n--\n\nThe 32 bytes of an Ed25519 public key in PEM."},
    {"public_to_pem", module_public_to_pem, METH_VARARGS,
     "public_to_pem(public_key, /)\n--\n\nAn Ed25519 public key in PEM."},
    {"forbid_core_files", module_forbid_core_files, METH_NOARGS,
     "forbid_core_files()\n--\n\nKeep this process's memory out of core files; False where that cannot be."},
    {"library", module_library, METH_NOARGS,
     "library()\n--\n\nlibcrypto's version, and whether it is set to FIPS algorithms."},
    {NULL, NULL, 0, NULL},
};

static int add_exception(PyObject *module, const char *name, PyObject *base, PyObject **out)
{
    *out = PyErr_NewException(name, base, NULL);
    return *out ? PyModule_AddObjectRef(module, name + sizeof "singleout._keyed." - 1, *out) : -1;
}

static int add_type(PyObject *module, PyType_Spec *spec, PyTypeObject **out)
{
    *out = (PyTypeObject *)PyType_FromModuleAndSpec(module, spec, NULL);
    return *out ? PyModule_AddType(module, *out) : -1;
}

static int module_exec(PyObject *module)
{
    keyed_state *state = PyModule_GetState(module);
    if (add_exception(module, "singleout._keyed.Error", NULL, &state->error) ||
        add_exception(module, "singleout._keyed.PassphraseError", state->error, &state->passphrase_error) ||
        add_exception(module, "singleout._keyed.UnavailableError", state->error, &state->unavailable_error) ||
        add_type(module, &keyed_secret_spec, &state->secret_type) ||
        add_type(module, &keyed_key_spec, &state->key_type))
        return -1;
    so_reason why = {""};
    so_keyed_status status = so_crypto_open(&state->crypto, &why);
    if (status == SO_KEYED_OK)
        return 0;
    keyed_raise(state, status, &why);
    return -1;
}

static int module_traverse(PyObject *module, visitproc visit, void *arg)
{
    keyed_state *state = PyModule_GetState(module);
    Py_VISIT(state->secret_type);
    Py_VISIT(state->key_type);
    Py_VISIT(state->error);
    Py_VISIT(state->passphrase_error);
    Py_VISIT(state->unavailable_error);
    return 0;
}

static int module_clear(PyObject *module)
{
    keyed_state *state = PyModule_GetState(module);
    Py_CLEAR(state->secret_type);
    Py_CLEAR(state->key_type);
    Py_CLEAR(state->error);
    Py_CLEAR(state->passphrase_error);
    Py_CLEAR(state->unavailable_error);
    return 0;
}

static void module_free(void *module)
{
    keyed_state *state = PyModule_GetState(module);
    module_clear(module);
    so_crypto_close(state->crypto);
    state->crypto = NULL;
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, module_exec},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static PyModuleDef module_definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "singleout._keyed",
    .m_doc = "libcrypto for approvals and the ledger: hashes, keyed codes, Ed25519.",
    .m_size = sizeof(keyed_state),
    .m_methods = module_methods,
    .m_slots = module_slots,
    .m_traverse = module_traverse,
    .m_clear = module_clear,
    .m_free = module_free,
};

PyMODINIT_FUNC PyInit__keyed(void)
{
    return PyModuleDef_Init(&module_definition);
}
