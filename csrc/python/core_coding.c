/* core_coding.c: `_core.code_columns`: the buffers of Arrow columns -> codes. */
#include "core.h"

/* Every buffer of a column, those that its chunks point into and its two results, is held until the work is done. */
typedef struct held {
    so_chunk *chunks;
    so_bytes *data; /* those of all chunks, one after the other */
    Py_buffer *buffers;
    Py_ssize_t n_buffers;
} held;

static void let_go(held *h)
{
    for (Py_ssize_t i = 0; i < h->n_buffers; ++i)
        PyBuffer_Release(&h->buffers[i]);
    PyMem_Free(h->buffers);
    PyMem_Free(h->data);
    PyMem_Free(h->chunks);
}

/* None: no bytes. */
static int take_bytes(held *h, PyObject *object, so_bytes *bytes)
{
    *bytes = (so_bytes){NULL, 0};
    if (object == Py_None)
        return 0;
    Py_buffer *buffer = &h->buffers[h->n_buffers];
    if (PyObject_GetBuffer(object, buffer, PyBUF_SIMPLE) != 0)
        return -1;
    ++h->n_buffers;
    *bytes = (so_bytes){buffer->buf, (size_t)buffer->len};
    return 0;
}

/* One chunk: (cells, width, start, rows, valid, values, data). */
static int take_chunk(held *h, PyObject *object, so_chunk *chunk, so_bytes *data)
{
    int cells;
    Py_ssize_t width, start, rows;
    PyObject *valid, *values, *texts;
    if (!PyTuple_Check(object)) {
        PyErr_SetString(PyExc_TypeError, "a chunk is a tuple");
        return -1;
    }
    if (!PyArg_ParseTuple(object, "innnOOO!;a chunk is (cells, width, start, rows, valid, values, data)", &cells,
                          &width, &start, &rows, &valid, &values, &PyTuple_Type, &texts))
        return -1;
    if (cells < 0 || width < 0 || start < 0 || rows < 0) {
        PyErr_SetString(PyExc_ValueError, "chunk: numbers must not be negative");
        return -1;
    }
    *chunk = (so_chunk){
        .cells = (so_cells)cells,
        .width = (size_t)width,
        .start = (size_t)start,
        .n_rows = (size_t)rows,
        .data = data,
        .n_data = (size_t)PyTuple_Size(texts),
    };
    if (take_bytes(h, valid, &chunk->valid) != 0 || take_bytes(h, values, &chunk->values) != 0)
        return -1;
    for (size_t i = 0; i < chunk->n_data; ++i)
        if (take_bytes(h, PyTuple_GetItem(texts, (Py_ssize_t)i), &data[i]) != 0)
            return -1;
    return 0;
}

/* How many text buffers the chunks have; what is no tuple of seven is refused by take_chunk. */
static Py_ssize_t count_data(PyObject *chunks)
{
    Py_ssize_t data = 0;
    for (Py_ssize_t i = 0; i < PyTuple_Size(chunks); ++i) {
        PyObject *chunk = PyTuple_GetItem(chunks, i);
        PyObject *texts = PyTuple_Check(chunk) && PyTuple_Size(chunk) == 7 ? PyTuple_GetItem(chunk, 6) : NULL;
        data += texts && PyTuple_Check(texts) ? PyTuple_Size(texts) : 0;
    }
    return data;
}

static int take_chunks(held *h, PyObject *chunks, Py_ssize_t *rows)
{
    Py_ssize_t n = PyTuple_Size(chunks), n_data = count_data(chunks), at = 0;
    h->chunks = PyMem_Calloc((size_t)n + 1, sizeof *h->chunks);
    h->data = PyMem_Calloc((size_t)n_data + 1, sizeof *h->data);
    h->buffers = PyMem_Calloc((size_t)(n_data + 2 * n) + 2, sizeof *h->buffers);
    if (!h->chunks || !h->data || !h->buffers) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < n; ++i) {
        if (take_chunk(h, PyTuple_GetItem(chunks, i), &h->chunks[i], &h->data[at]) != 0)
            return -1;
        at += (Py_ssize_t)h->chunks[i].n_data;
        if (h->chunks[i].n_rows > (size_t)(PY_SSIZE_T_MAX - *rows)) {
            PyErr_SetString(PyExc_OverflowError, so_describe(SO_TOO_MANY));
            return -1;
        }
        *rows += (Py_ssize_t)h->chunks[i].n_rows;
    }
    return 0;
}

/* One column: (chunks, codes, first). */
static int take_column(held *h, PyObject *object, so_column *column)
{
    PyObject *chunks, *codes, *first;
    Py_ssize_t rows = 0;
    if (!PyTuple_Check(object)) {
        PyErr_SetString(PyExc_TypeError, "a column is a tuple");
        return -1;
    }
    if (!PyArg_ParseTuple(object, "O!OO;a column is (chunks, codes, first)", &PyTuple_Type, &chunks, &codes, &first))
        return -1;
    if (take_chunks(h, chunks, &rows) != 0)
        return -1;
    if (so_py_buffer(codes, &h->buffers[h->n_buffers], rows, SO_PY_UINT32, true, "codes") != 0)
        return -1;
    column->codes = h->buffers[h->n_buffers++].buf;
    if (so_py_buffer(first, &h->buffers[h->n_buffers], rows, SO_PY_UINT32, true, "first") != 0)
        return -1;
    column->first = h->buffers[h->n_buffers++].buf;
    column->chunks = h->chunks;
    column->n_chunks = (size_t)PyTuple_Size(chunks);
    return 0;
}

/* (distinct, nulls) of each column, None where it is damaged. */
static PyObject *found(const so_column *columns, Py_ssize_t n)
{
    PyObject *list = PyList_New(n);
    for (Py_ssize_t i = 0; i < n && list; ++i) {
        const so_column *c = &columns[i];
        PyObject *item = c->status == SO_OK             ? Py_BuildValue("II", c->distinct, c->nulls)
                         : c->status == SO_BAD_ARGUMENT ? Py_NewRef(Py_None)
                                                        : so_py_raise(c->status, NULL);
        if (!item || PyList_SetItem(list, i, item) != 0)
            Py_CLEAR(list);
    }
    return list;
}

PyObject *so_py_code_columns(PyObject *module, PyObject *args)
{
    (void)module;
    PyObject *tuple, *result = NULL;
    unsigned long long seed;
    unsigned int threads;
    if (!PyArg_ParseTuple(args, "O!KI", &PyTuple_Type, &tuple, &seed, &threads))
        return NULL;
    Py_ssize_t n = PyTuple_Size(tuple), taken = 0;
    held *h = PyMem_Calloc((size_t)n + 1, sizeof *h);
    so_column *columns = PyMem_Calloc((size_t)n + 1, sizeof *columns);
    if (!h || !columns) {
        PyErr_NoMemory();
        goto done;
    }
    while (taken < n) {
        Py_ssize_t at = taken++;
        if (take_column(&h[at], PyTuple_GetItem(tuple, at), &columns[at]) == 0)
            continue;
        if (!PyErr_ExceptionMatches(PyExc_ValueError))
            goto done;
        PyErr_Clear(); /* a piece that cannot be is damage like what the core finds */
        columns[at] = (so_column){.codes = NULL};
    }
    static const so_allocator plain = {NULL, NULL, NULL};
    unsigned most = threads < SO_PY_MOST_THREADS ? threads : SO_PY_MOST_THREADS;
    so_status status;
    Py_BEGIN_ALLOW_THREADS status = so_code_columns(columns, (size_t)n, most, seed, &plain);
    Py_END_ALLOW_THREADS result = status == SO_OK ? found(columns, n) : so_py_raise(status, NULL);
done:
    for (Py_ssize_t i = 0; h && i < taken; ++i)
        let_go(&h[i]);
    PyMem_Free(columns);
    PyMem_Free(h);
    return result;
}
