/* core_call.c: from Python to the core and back: signals, statuses, buffers. */
#include "core.h"

#include <string.h>

int so_py_ask(void *context, double done)
{
    so_py_poll *poll = context;
    PyEval_RestoreThread(poll->thread);
    if (PyErr_CheckSignals() != 0) {
        poll->raised = true;
    } else if (poll->progress) {
        PyObject *answer = PyObject_CallFunction(poll->progress, "d", done);
        poll->raised = answer == NULL;
        Py_XDECREF(answer);
    }
    poll->thread = PyEval_SaveThread();
    return poll->raised;
}

PyObject *so_py_raise(so_status status, const so_py_poll *poll)
{
    if (poll && poll->raised)
        return NULL;
    PyObject *kind = PyExc_RuntimeError;
    if (status == SO_NO_MEMORY)
        kind = PyExc_MemoryError;
    else if (status == SO_BAD_ARGUMENT)
        kind = PyExc_ValueError;
    else if (status == SO_TOO_MANY)
        kind = PyExc_OverflowError;
    PyErr_SetString(kind, so_describe(status));
    return NULL;
}

static const struct {
    Py_ssize_t size;
    size_t aligned;
    const char *formats; /* of struct, by one letter; those of a struct of our own are its exporter's business */
} kinds[] = {
    [SO_PY_UINT32] = {4, _Alignof(uint32_t), "ILN"},
    [SO_PY_UINT64] = {8, _Alignof(uint64_t), "LQN"},
    [SO_PY_DOUBLE] = {8, _Alignof(double), "d"},
    [SO_PY_FIGURES] = {sizeof(so_figures), _Alignof(so_figures), NULL},
};

/* Whether the buffer says that its items are of the kind, in the machine's order of bytes. */
static bool is_kind(const Py_buffer *buffer, so_py_kind kind)
{
    const char *format = buffer->format ? buffer->format : "B";
    if (buffer->itemsize == 1)
        return strcmp(format, "B") == 0;
    if (buffer->itemsize != kinds[kind].size)
        return false;
    if (!kinds[kind].formats)
        return true;
    if (*format == '@' || *format == '=' || *format == (PY_LITTLE_ENDIAN ? '<' : '>'))
        ++format;
    return *format && strchr(kinds[kind].formats, *format) && !format[1];
}

Py_ssize_t so_py_times(Py_ssize_t a, Py_ssize_t b)
{
    Py_ssize_t product;
    if (a >= 0 && b >= 0 && !__builtin_mul_overflow(a, b, &product))
        return product;
    PyErr_SetString(PyExc_ValueError, "more items than a buffer can have");
    return -1;
}

int so_py_buffer(PyObject *object, Py_buffer *buffer, Py_ssize_t items, so_py_kind kind, bool writable,
                 const char *what)
{
    Py_ssize_t size = kinds[kind].size, bytes = so_py_times(items, size);
    int flags = PyBUF_C_CONTIGUOUS | PyBUF_FORMAT | (writable ? PyBUF_WRITABLE : 0);
    if (bytes < 0 || PyObject_GetBuffer(object, buffer, flags) != 0)
        return -1;
    if (buffer->len == bytes && is_kind(buffer, kind) && (uintptr_t)buffer->buf % kinds[kind].aligned == 0)
        return 0;
    PyErr_Format(PyExc_ValueError, "%s: expected %zd items of %zd bytes, aligned, of the right kind", what, items,
                 size);
    PyBuffer_Release(buffer);
    return -1;
}

void *so_py_copy(PyObject *object, Py_ssize_t items, so_py_kind kind, const char *what)
{
    Py_buffer buffer;
    if (so_py_buffer(object, &buffer, items, kind, false, what) != 0)
        return NULL;
    void *copy = PyMem_Malloc(buffer.len ? (size_t)buffer.len : 1);
    if (!copy)
        PyErr_NoMemory();
    else if (buffer.len) {
        Py_BEGIN_ALLOW_THREADS memcpy(copy, buffer.buf, (size_t)buffer.len);
        Py_END_ALLOW_THREADS
    }
    PyBuffer_Release(&buffer);
    return copy;
}

int so_py_set_asked(so_py_asked *asked, Py_ssize_t max_size, unsigned threshold, int nulls, unsigned threads,
                    PyObject *progress)
{
    if (max_size < 0 || nulls < SO_NULLS_VALUE || nulls > SO_NULLS_ANY) {
        PyErr_SetString(PyExc_ValueError, "max_size and nulls: not usable");
        return -1;
    }
    asked->poll = (so_py_poll){.progress = progress == Py_None ? NULL : progress};
    asked->options = (so_options){
        .max_size = (size_t)max_size,
        .threshold = threshold,
        .nulls = (so_nulls)nulls,
        .threads = threads < SO_PY_MOST_THREADS ? threads : SO_PY_MOST_THREADS,
        .poll = so_py_ask,
    };
    return 0;
}
