/* core_table.c: the type `_core.Table`: coded columns, and what the core answers about them. */
#include "core.h"

static void let_go(so_py_table *self)
{
    for (size_t i = 0; self->columns && i < self->n_columns; ++i)
        PyMem_Free(self->columns[i]);
    PyMem_Free(self->columns);
    PyMem_Free(self->fields);
    self->columns = NULL;
    self->fields = NULL;
}

static void table_dealloc(PyObject *object)
{
    PyTypeObject *type = Py_TYPE(object);
    let_go((so_py_table *)object);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(object);
    Py_DECREF(type);
}

/* One column: (codes, distinct, nullable). */
static int take_column(so_py_table *self, size_t at, PyObject *column, Py_ssize_t rows)
{
    PyObject *codes;
    unsigned long distinct;
    int nullable;
    if (!PyTuple_Check(column)) {
        PyErr_SetString(PyExc_TypeError, "a column is a tuple (codes, distinct, nullable)");
        return -1;
    }
    if (!PyArg_ParseTuple(column, "Okp;a column is (codes, distinct, nullable)", &codes, &distinct, &nullable))
        return -1;
    if (distinct > UINT32_MAX) {
        PyErr_SetString(PyExc_ValueError, "distinct: at most 2^32-1 values");
        return -1;
    }
    self->columns[at] = so_py_copy(codes, rows, SO_PY_UINT32, "codes");
    self->fields[at] = (so_field){self->columns[at], (uint32_t)distinct, nullable != 0};
    return self->columns[at] ? 0 : -1;
}

static int take_columns(so_py_table *self, PyObject *columns, Py_ssize_t rows, PyObject *counts)
{
    Py_ssize_t m = PyTuple_Size(columns);
    if (m < 0)
        return -1;
    self->n_columns = (size_t)m + 1;
    self->columns = PyMem_Calloc(self->n_columns, sizeof *self->columns);
    self->fields = PyMem_Calloc(self->n_columns, sizeof *self->fields);
    if (!self->columns || !self->fields) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < m; ++i) {
        PyObject *column = PyTuple_GetItem(columns, i);
        if (!column || take_column(self, (size_t)i, column, rows) != 0)
            return -1;
    }
    self->table = (so_table){.fields = self->fields, .n_fields = (size_t)m, .n_rows = (size_t)rows};
    if (counts == Py_None)
        return 0;
    self->columns[m] = so_py_copy(counts, rows, SO_PY_UINT32, "counts");
    self->table.counts = self->columns[m];
    return self->columns[m] ? 0 : -1;
}

static PyObject *table_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"columns", "rows", "counts", NULL};
    PyObject *columns, *counts = Py_None;
    Py_ssize_t rows;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O!n|O", names, &PyTuple_Type, &columns, &rows, &counts))
        return NULL;
    if (rows < 0) {
        PyErr_SetString(PyExc_ValueError, "rows: must not be negative");
        return NULL;
    }
    allocfunc allocate = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    so_py_table *self = (so_py_table *)allocate(type, 0);
    if (!self)
        return NULL;
    if (take_columns(self, columns, rows, counts) != 0) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static PyObject *table_combinations(PyObject *object, PyObject *args)
{
    so_py_table *self = (so_py_table *)object;
    PyObject *out, *progress;
    Py_ssize_t max_size;
    unsigned threshold, threads;
    int nulls;
    so_py_asked a;
    uint64_t count;
    Py_buffer figures;
    if (!PyArg_ParseTuple(args, "OnIiIO", &out, &max_size, &threshold, &nulls, &threads, &progress) ||
        so_py_set_asked(&a, max_size, threshold, nulls, threads, progress) != 0)
        return NULL;
    so_status status = so_count_combinations(self->table.n_fields, a.options.max_size, &count);
    if (status != SO_OK)
        return so_py_raise(status, NULL);
    if (so_py_buffer(out, &figures, (Py_ssize_t)count, SO_PY_FIGURES, true, "figures") != 0)
        return NULL;
    a.options.poll_context = &a.poll;
    a.poll.thread = PyEval_SaveThread();
    status = so_combinations(&self->table, &a.options, figures.buf);
    PyEval_RestoreThread(a.poll.thread);
    PyBuffer_Release(&figures);
    if (status != SO_OK)
        return so_py_raise(status, &a.poll);
    Py_RETURN_NONE;
}

static PyObject *table_unique_records(PyObject *object, PyObject *args)
{
    so_py_table *self = (so_py_table *)object;
    PyObject *out_unique, *out_first, *progress;
    Py_ssize_t max_size, rows = (Py_ssize_t)self->table.n_rows;
    unsigned threads;
    int nulls;
    so_py_asked a;
    Py_buffer unique_in, first;
    if (!PyArg_ParseTuple(args, "OOniIO", &out_unique, &out_first, &max_size, &nulls, &threads, &progress) ||
        so_py_set_asked(&a, max_size, 0, nulls, threads, progress) != 0)
        return NULL;
    if (so_py_buffer(out_unique, &unique_in, rows, SO_PY_UINT64, true, "unique_in") != 0)
        return NULL;
    if (so_py_buffer(out_first, &first, rows, SO_PY_UINT32, true, "first") != 0) {
        PyBuffer_Release(&unique_in);
        return NULL;
    }
    a.options.poll_context = &a.poll;
    a.poll.thread = PyEval_SaveThread();
    so_status status = so_unique_records(&self->table, &a.options, unique_in.buf, first.buf);
    PyEval_RestoreThread(a.poll.thread);
    PyBuffer_Release(&unique_in);
    PyBuffer_Release(&first);
    if (status != SO_OK)
        return so_py_raise(status, &a.poll);
    Py_RETURN_NONE;
}

static PyObject *table_classes(PyObject *object, PyObject *args)
{
    so_py_table *self = (so_py_table *)object;
    PyObject *out_class, *out_size;
    Py_ssize_t rows = (Py_ssize_t)self->table.n_rows;
    int nulls;
    so_py_asked a;
    Py_buffer class_of = {0}, size_of;
    if (!PyArg_ParseTuple(args, "OOi", &out_class, &out_size, &nulls) ||
        so_py_set_asked(&a, 1, 0, nulls, 1, Py_None) != 0)
        return NULL;
    if (so_py_buffer(out_size, &size_of, rows, SO_PY_UINT32, true, "size_of") != 0)
        return NULL;
    if (out_class != Py_None && so_py_buffer(out_class, &class_of, rows, SO_PY_UINT32, true, "class_of") != 0) {
        PyBuffer_Release(&size_of);
        return NULL;
    }
    a.options.poll_context = &a.poll;
    a.poll.thread = PyEval_SaveThread();
    so_status status = so_classes(&self->table, &a.options, class_of.buf, size_of.buf);
    PyEval_RestoreThread(a.poll.thread);
    PyBuffer_Release(&size_of);
    if (out_class != Py_None)
        PyBuffer_Release(&class_of);
    if (status != SO_OK)
        return so_py_raise(status, &a.poll);
    Py_RETURN_NONE;
}

static PyObject *table_memory(PyObject *object, PyObject *args)
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
    so_status status = so_combinations_memory(&self->table, &a.options, &bytes);
    return status == SO_OK ? PyLong_FromUnsignedLongLong(bytes) : so_py_raise(status, NULL);
}

static PyMethodDef methods[] = {
    {"combinations", table_combinations, METH_VARARGS,
     "combinations(figures, max_size, threshold, nulls, threads, progress)\n--\n\n"
     "Fill figures with what is known of every combination, by size, then in the table's order."},
    {"unique_records", table_unique_records, METH_VARARGS,
     "unique_records(unique_in, first, max_size, nulls, threads, progress)\n--\n\n"
     "For every row: how many combinations single it out, and the first of them (2^32-1: none)."},
    {"classes", table_classes, METH_VARARGS,
     "classes(class_of, size_of, nulls)\n--\n\n"
     "For every row its class over all the fields and how many people share it."},
    {"memory", table_memory, METH_VARARGS,
     "memory(max_size, nulls, threads)\n--\n\nThe most bytes that combinations() will take."},
    {"minimal_memory", so_py_minimal_memory, METH_VARARGS,
     "minimal_memory(max_size, nulls, threads)\n--\n\nThe most bytes that minimal() or exposure() will take."},
    {"risk_memory", so_py_risk_memory, METH_VARARGS,
     "risk_memory(most, max_size, nulls, threads)\n--\n\nThe most bytes that risk() will take."},
    {"minimal", so_py_minimal, METH_VARARGS,
     "minimal(sets, score, part, by_size, weights, max_size, threads, progress)\n--\n\n"
     "For every row its minimal sample uniques, nulls dropped: how many, and the sums of their weights."},
    {"exposure", so_py_exposure, METH_VARARGS,
     "exposure(out, max_size, nulls, threads, progress)\n--\n\n"
     "For every row how many combinations of each size single it out."},
    {"risk", so_py_risk, METH_VARARGS,
     "risk(out, unwalked, chances, most, seldom, max_size, nulls, threads, progress)\n--\n\n"
     "For every row the sum of P(S)/k over the combinations S of at most so many fields, and what of it was left out."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_doc, "Table(columns, rows, counts=None)\n--\n\n"
                "Coded columns, each (codes, distinct, nullable); codes is a buffer of uint32, 0 for null."},
    {Py_tp_new, table_new},
    {Py_tp_dealloc, table_dealloc},
    {Py_tp_methods, methods},
    {0, NULL},
};

PyType_Spec so_py_table_spec = {
    .name = "singleout._core.Table",
    .basicsize = sizeof(so_py_table),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = slots,
};
