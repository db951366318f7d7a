/* core_module.c: the module `singleout._core`. */
#include "core.h"

typedef struct state {
    PyObject *table_type;
} state;

static PyObject *count_combinations(PyObject *module, PyObject *args)
{
    (void)module;
    Py_ssize_t fields, max_size;
    uint64_t count;
    if (!PyArg_ParseTuple(args, "nn", &fields, &max_size))
        return NULL;
    if (fields < 0 || max_size < 0)
        return so_py_raise(SO_BAD_ARGUMENT, NULL);
    so_status status = so_count_combinations((size_t)fields, (size_t)max_size, &count);
    return status == SO_OK ? PyLong_FromUnsignedLongLong(count) : so_py_raise(status, NULL);
}

static PyObject *list_combinations(PyObject *module, PyObject *args)
{
    (void)module;
    Py_ssize_t fields, max_size, members;
    uint64_t count;
    uint32_t total;
    PyObject *out_offsets, *out_members;
    Py_buffer offsets, fields_of;
    if (!PyArg_ParseTuple(args, "nnOOn", &fields, &max_size, &out_offsets, &out_members, &members))
        return NULL;
    if (fields < 0 || max_size < 0)
        return so_py_raise(SO_BAD_ARGUMENT, NULL);
    so_status status = so_count_combinations((size_t)fields, (size_t)max_size, &count);
    if (status == SO_OK)
        status = so_count_members((size_t)fields, (size_t)max_size, &total);
    if (status == SO_OK && members != (Py_ssize_t)total)
        status = SO_BAD_ARGUMENT;
    if (status != SO_OK)
        return so_py_raise(status, NULL);
    if (so_py_buffer(out_offsets, &offsets, (Py_ssize_t)count + 1, SO_PY_UINT32, true, "offsets") != 0)
        return NULL;
    if (so_py_buffer(out_members, &fields_of, members, SO_PY_UINT32, true, "members") != 0) {
        PyBuffer_Release(&offsets);
        return NULL;
    }
    Py_BEGIN_ALLOW_THREADS status = so_list_combinations((size_t)fields, (size_t)max_size, offsets.buf, fields_of.buf);
    Py_END_ALLOW_THREADS PyBuffer_Release(&offsets);
    PyBuffer_Release(&fields_of);
    if (status != SO_OK)
        return so_py_raise(status, NULL);
    Py_RETURN_NONE;
}

static PyObject *entropy_bits(PyObject *module, PyObject *args)
{
    (void)module;
    PyObject *in, *out;
    Py_ssize_t count;
    unsigned long long people;
    int reciprocal;
    Py_buffer figures, bits;
    if (!PyArg_ParseTuple(args, "OOnKp", &in, &out, &count, &people, &reciprocal))
        return NULL;
    if (people > SO_MAX_PEOPLE)
        return so_py_raise(SO_TOO_MANY, NULL);
    if (so_py_buffer(in, &figures, count, SO_PY_FIGURES, false, "figures") != 0)
        return NULL;
    if (so_py_buffer(out, &bits, count, SO_PY_DOUBLE, true, "bits") != 0) {
        PyBuffer_Release(&figures);
        return NULL;
    }
    const so_figures *from = figures.buf;
    double *to = bits.buf;
    for (Py_ssize_t i = 0; i < count; ++i) {
        so_figures one = from[i]; /* once: somebody may change them meanwhile */
        to[i] = reciprocal ? so_mean_reciprocal(&one, people) : so_entropy_bits(&one, people);
    }
    PyBuffer_Release(&figures);
    PyBuffer_Release(&bits);
    Py_RETURN_NONE;
}

static PyMethodDef functions[] = {
    {"count_combinations", count_combinations, METH_VARARGS,
     "count_combinations(fields, max_size)\n--\n\nHow many combinations of 1..max_size fields there are."},
    {"list_combinations", list_combinations, METH_VARARGS,
     "list_combinations(fields, max_size, offsets, members, n_members)\n--\n\n"
     "Fill offsets and members with the fields of every combination, in the order of Table.combinations."},
    {"entropy_bits", entropy_bits, METH_VARARGS,
     "entropy_bits(figures, out, count, people, reciprocal)\n--\n\n"
     "Entropy in bits of each combination, or its mean 1/k where nulls match everything."},
    {"code_columns", so_py_code_columns, METH_VARARGS,
     "code_columns(columns, seed, threads)\n--\n\n"
     "Number the values of Arrow columns, each (chunks, codes, first), each chunk (cells, width, start, rows, valid,\n"
     "values, data): fill codes, and the row in which each value first appears; return a list of how many values\n"
     "there are, and how many nulls, or None for a column that points outside its buffers."},
    {NULL, NULL, 0, NULL},
};

static int fill(PyObject *module)
{
    state *here = PyModule_GetState(module);
    here->table_type = PyType_FromModuleAndSpec(module, &so_py_table_spec, NULL);
    if (!here->table_type || PyModule_AddObjectRef(module, "Table", here->table_type) != 0)
        return -1;
    static const struct {
        const char *name;
        long value;
    } numbers[] = {
        {"MAX_FIELDS", SO_MAX_FIELDS}, {"MAX_PEOPLE", SO_MAX_PEOPLE}, {"FIXED", SO_CELLS_FIXED},
        {"FLOATS", SO_CELLS_FLOATS},   {"TEXT_32", SO_CELLS_TEXT_32}, {"TEXT_64", SO_CELLS_TEXT_64},
        {"VIEWS", SO_CELLS_VIEWS},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; ++i)
        if (PyModule_AddIntConstant(module, numbers[i].name, numbers[i].value) != 0)
            return -1;
    return 0;
}

static int visit_state(PyObject *module, visitproc visit, void *arg)
{
    state *here = PyModule_GetState(module);
    Py_VISIT(here->table_type);
    return 0;
}

static int clear_state(PyObject *module)
{
    state *here = PyModule_GetState(module);
    Py_CLEAR(here->table_type);
    return 0;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, fill},
#ifdef Py_mod_multiple_interpreters
    {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},
#endif
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "singleout._core",
    .m_doc = "The C core: what every combination of coded fields singles out.",
    .m_size = sizeof(state),
    .m_methods = functions,
    .m_slots = slots,
    .m_traverse = visit_state,
    .m_clear = clear_state,
};

PyMODINIT_FUNC PyInit__core(void)
{
    return PyModuleDef_Init(&definition);
}
