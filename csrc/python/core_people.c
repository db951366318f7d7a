/* core_people.c: methods of `_core.Table` that answer about each row: minimal sample uniques, exposure, risk. */
#include "core.h"

/* A buffer that may be None; len 0 then.  Fewer than no items: an exception is set already. */
static int maybe(PyObject *object, Py_buffer *buffer, Py_ssize_t items, so_py_kind kind, const char *what)
{
    *buffer = (Py_buffer){0};
    if (items < 0)
        return -1;
    return object == Py_None ? 0 : so_py_buffer(object, buffer, items, kind, true, what);
}

static void let_go(Py_buffer *buffers, size_t n)
{
    for (size_t i = 0; i < n; ++i)
        if (buffers[i].obj)
            PyBuffer_Release(&buffers[i]);
}

static PyObject *run(so_py_table *self, so_py_asked *a, so_minimal *minimal)
{
    a->options.poll_context = &a->poll;
    a->poll.thread = PyEval_SaveThread();
    so_status status = so_minimal_uniques(&self->table, &a->options, minimal);
    PyEval_RestoreThread(a->poll.thread);
    if (status != SO_OK)
        return so_py_raise(status, &a->poll);
    Py_RETURN_NONE;
}

PyObject *so_py_minimal(PyObject *object, PyObject *args)
{
    so_py_table *self = (so_py_table *)object;
    PyObject *sets, *score, *part, *by_size, *weights, *progress, *answer = NULL;
    Py_ssize_t max_size, rows = (Py_ssize_t)self->table.n_rows, fields = (Py_ssize_t)self->table.n_fields;
    unsigned threads;
    so_py_asked a;
    Py_buffer held[4] = {{0}};
    if (!PyArg_ParseTuple(args, "OOOOOnIO", &sets, &score, &part, &by_size, &weights, &max_size, &threads, &progress) ||
        so_py_set_asked(&a, max_size, 0, SO_NULLS_DROP, threads, progress) != 0)
        return NULL;
    if (max_size > fields)
        return so_py_raise(SO_BAD_ARGUMENT, NULL);
    double *weighs = so_py_copy(weights, max_size + 1, SO_PY_DOUBLE, "weights");
    if (weighs && maybe(sets, &held[0], rows, SO_PY_UINT32, "sets") == 0 &&
        maybe(score, &held[1], rows, SO_PY_DOUBLE, "score") == 0 &&
        maybe(part, &held[2], so_py_times(rows, fields), SO_PY_DOUBLE, "part") == 0 &&
        maybe(by_size, &held[3], max_size + 1, SO_PY_UINT64, "by_size") == 0) {
        so_minimal minimal = {
            .weights = weighs,
            .sets = held[0].buf,
            .score = held[1].buf,
            .part = held[2].buf,
            .by_size = held[3].buf,
        };
        answer = run(self, &a, &minimal);
    }
    let_go(held, 4);
    PyMem_Free(weighs);
    return answer;
}

PyObject *so_py_exposure(PyObject *object, PyObject *args)
{
    so_py_table *self = (so_py_table *)object;
    PyObject *out, *progress;
    Py_ssize_t max_size, rows = (Py_ssize_t)self->table.n_rows, fields = (Py_ssize_t)self->table.n_fields;
    unsigned threads;
    int nulls;
    so_py_asked a;
    Py_buffer exposure;
    if (!PyArg_ParseTuple(args, "OniIO", &out, &max_size, &nulls, &threads, &progress) ||
        so_py_set_asked(&a, max_size, 0, nulls, threads, progress) != 0)
        return NULL;
    if (max_size > fields)
        return so_py_raise(SO_BAD_ARGUMENT, NULL);
    Py_ssize_t items = so_py_times(rows, max_size + 1);
    if (items < 0 || so_py_buffer(out, &exposure, items, SO_PY_UINT64, true, "exposure") != 0)
        return NULL;
    double unused = 0; /* no score is asked for */
    so_minimal minimal = {.weights = &unused, .exposure = exposure.buf};
    PyObject *answer = run(self, &a, &minimal);
    PyBuffer_Release(&exposure);
    return answer;
}

PyObject *so_py_risk(PyObject *object, PyObject *args)
{
    so_py_table *self = (so_py_table *)object;
    PyObject *out, *rest, *in, *progress;
    double seldom;
    Py_ssize_t most, max_size, rows = (Py_ssize_t)self->table.n_rows, fields = (Py_ssize_t)self->table.n_fields;
    unsigned threads;
    int nulls;
    so_py_asked a;
    Py_buffer risk, unwalked;
    if (!PyArg_ParseTuple(args, "OOOndniIO", &out, &rest, &in, &most, &seldom, &max_size, &nulls, &threads,
                          &progress) ||
        so_py_set_asked(&a, max_size, 0, nulls, threads, progress) != 0)
        return NULL;
    if (most < 0)
        return so_py_raise(SO_BAD_ARGUMENT, NULL);
    if (so_py_buffer(out, &risk, rows, SO_PY_DOUBLE, true, "out") != 0)
        return NULL;
    if (so_py_buffer(rest, &unwalked, rows, SO_PY_DOUBLE, true, "unwalked") != 0) {
        PyBuffer_Release(&risk);
        return NULL;
    }
    double *chances = so_py_copy(in, fields, SO_PY_DOUBLE, "chances");
    if (!chances) {
        PyBuffer_Release(&risk);
        PyBuffer_Release(&unwalked);
        return NULL;
    }
    a.options.poll_context = &a.poll;
    a.poll.thread = PyEval_SaveThread();
    so_status status = so_risk(&self->table, &a.options, chances, (size_t)most, seldom, risk.buf, unwalked.buf);
    PyEval_RestoreThread(a.poll.thread);
    PyBuffer_Release(&risk);
    PyBuffer_Release(&unwalked);
    PyMem_Free(chances);
    if (status != SO_OK)
        return so_py_raise(status, &a.poll);
    Py_RETURN_NONE;
}

PyObject *so_py_minimal_memory(PyObject *object, PyObject *args)
{
    so_py_table *self = (so_py_table *)object;
    Py_ssize_t max_size;
    unsigned threads;
    int nulls;
    so_py_asked a;
    uint64_t bytes;
    if (!PyArg_ParseTuple(args, "niI", &max_size, &nulls, &threads) ||
        so_py_set_asked(&a, max_size, 0, nulls, threads, Py_None) != 0)
        return NULL;
    so_status status = so_minimal_memory(&self->table, &a.options, &bytes);
    return status == SO_OK ? PyLong_FromUnsignedLongLong(bytes) : so_py_raise(status, NULL);
}

PyObject *so_py_risk_memory(PyObject *object, PyObject *args)
{
    so_py_table *self = (so_py_table *)object;
    Py_ssize_t most, max_size;
    unsigned threads;
    int nulls;
    so_py_asked a;
    uint64_t bytes;
    if (!PyArg_ParseTuple(args, "nniI", &most, &max_size, &nulls, &threads) ||
        so_py_set_asked(&a, max_size, 0, nulls, threads, Py_None) != 0)
        return NULL;
    so_status status = most < 0 ? SO_BAD_ARGUMENT : so_risk_memory(&self->table, &a.options, (size_t)most, &bytes);
    return status == SO_OK ? PyLong_FromUnsignedLongLong(bytes) : so_py_raise(status, NULL);
}
