/* keyed_python.h: what the files of the `singleout._keyed` binding share. */
#ifndef SO_KEYED_PYTHON_H
#define SO_KEYED_PYTHON_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "keyed.h"

/* One for each interpreter that imports the module. */
typedef struct keyed_state {
    so_crypto *crypto;
    PyTypeObject *secret_type;
    PyTypeObject *key_type;
    PyObject *error;
    PyObject *passphrase_error;
    PyObject *unavailable_error;
} keyed_state;

/* Raises the exception that fits the status; always gives NULL. */
PyObject *keyed_raise(const keyed_state *state, so_keyed_status status, const so_reason *why);

/* The state of a poll: the thread's, saved while the GIL is let go. */
typedef struct keyed_wait {
    PyThreadState *saved;
} keyed_wait;
/* A so_keyed_poll that lets Python handle signals; non-zero when one raised. */
int keyed_signals(void *wait);

extern PyType_Spec keyed_secret_spec;
extern PyType_Spec keyed_key_spec;

#endif
