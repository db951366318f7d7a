/* core_call.c: from Python to the core and back: signals, statuses, buffers. */
#include "core.h"

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

int so_py_buffer(PyObject *object, Py_buffer *buffer, Py_ssize_t items, Py_ssize_t size, int flags, const char *what)
{
    if (PyObject_GetBuffer(object, buffer, flags | PyBUF_C_CONTIGUOUS) != 0)
        return -1;
    if (buffer->len != items * size || (buffer->itemsize != size && buffer->itemsize != 1)) {
        PyErr_Format(PyExc_ValueError, "%s: expected %zd items of %zd bytes", what, items, size);
        PyBuffer_Release(buffer);
        return -1;
    }
    return 0;
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
        .threads = threads,
        .poll = so_py_ask,
    };
    return 0;
}
