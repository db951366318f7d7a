/* main.c: runs every test, with the kernels of any processor and with this one's best.
 *
 * usage: test_core [ROUNDS]     how often the random tests repeat, 1 when left out; 0: not at all, and the
 *                            rest on smaller tables, for slow tools */
#include "check.h"

#include <stdlib.h>

int main(int n_arguments, char **arguments)
{
    if (n_arguments > 1)
        check_rounds = (unsigned)strtoul(arguments[1], NULL, 10);
    check_run("memory", test_memory);
    check_run("fixed", test_fixed);
    check_run("layout", test_layout);
    check_run("subsets", test_subsets);
    check_run("rows", test_rows);
    check_run("coding", test_coding);
    check_run("classes", test_classes);
    check_run("arguments", test_arguments);
    for (int portable = 1; portable >= 0; --portable) {
        use_portable_kernels(portable);
        printf("kernels: %s\n", portable ? "portable" : "the best of this processor");
        check_run("combinations", test_combinations);
        check_run("wide tables", test_wide_tables);
        check_run("same bytes", test_same_bytes);
        check_run("records", test_records);
        check_run("minimal", test_minimal);
        check_run("risk", test_risk);
        check_run("edges", test_edges);
        check_run("cancel", test_cancel);
        check_run("asking", test_asking);
        check_run("failing memory", test_failing_memory);
        check_run("memory bound", test_memory_bound);
    }
    return check_end();
}
