/* core.h: what the files of the binding `singleout._core` share.  Only files in this folder include Python.h. */
#ifndef SO_PYTHON_CORE_H
#define SO_PYTHON_CORE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "../singleout.h"

/* A table of codes: copies of its own, since a caller may change what he passed while the core reads it. */
typedef struct so_py_table {
    PyObject_HEAD so_table table;
    so_field *fields;
    uint32_t **columns; /* one a field, then the counts */
    size_t n_columns;
} so_py_table;

extern PyType_Spec so_py_table_spec;

#define SO_PY_MOST_THREADS 1024u /* more are taken for so many */

/* What the walk calls from the calling thread: signals first, then the progress function. */
typedef struct so_py_poll {
    PyObject *progress; /* a callable or NULL, borrowed */
    PyThreadState *thread;
    bool raised;
} so_py_poll;

/* What a method is asked for, besides its own arguments. */
typedef struct so_py_asked {
    so_options options;
    so_py_poll poll;
} so_py_asked;

/* Checks and sets all but poll_context, which must point to where `asked` stays; sets ValueError otherwise. */
int so_py_set_asked(so_py_asked *asked, Py_ssize_t max_size, unsigned threshold, int nulls, unsigned threads,
                    PyObject *progress);

int so_py_ask(void *context, double done);

/* Sets the exception for a status; always NULL.  An exception that poll raised stays as it is. */
PyObject *so_py_raise(so_status status, const so_py_poll *poll);

/* What the items of a buffer are. */
typedef enum so_py_kind { SO_PY_UINT32, SO_PY_UINT64, SO_PY_DOUBLE, SO_PY_FIGURES } so_py_kind;

/* A contiguous, aligned buffer of so many items of that kind, or of bytes; sets ValueError otherwise. */
int so_py_buffer(PyObject *object, Py_buffer *buffer, Py_ssize_t items, so_py_kind kind, bool writable,
                 const char *what);
/* a * b, or -1 with ValueError set where that is no length of a buffer. */
Py_ssize_t so_py_times(Py_ssize_t a, Py_ssize_t b);
/* A copy of such a buffer, for PyMem_Free; NULL with an exception set. */
void *so_py_copy(PyObject *object, Py_ssize_t items, so_py_kind kind, const char *what);

/* core_people.c: methods of the table that answer about each row. */
PyObject *so_py_minimal(PyObject *table, PyObject *args);
PyObject *so_py_exposure(PyObject *table, PyObject *args);
PyObject *so_py_risk(PyObject *table, PyObject *args);
PyObject *so_py_minimal_memory(PyObject *table, PyObject *args);
PyObject *so_py_risk_memory(PyObject *table, PyObject *args);

/* core_coding.c */
PyObject *so_py_code_columns(PyObject *module, PyObject *args);

#endif
