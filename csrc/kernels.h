/* kernels.h: every instance of the walk for one instruction set; the including file defines ISA, SO_PEXT and SO_EQUAL. */
#include "singled.h"

#include <string.h>

#define GLUE2(a, b, c, d) so_##a##_##b##c##_##d
#define GLUE(a, b, c, d) GLUE2(a, b, c, d)

#define W 0
#define NAME(x) GLUE(x, dense, 0, ISA)
#include "kernel_dense.h"
#undef NAME
#undef W

#define W 1
#define NAME(x) GLUE(x, dense, 1, ISA)
#include "kernel_dense.h"
#undef NAME
#undef W

#define W 2
#define NAME(x) GLUE(x, dense, 2, ISA)
#include "kernel_dense.h"
#undef NAME
#undef W

#define W 4
#define NAME(x) GLUE(x, dense, 4, ISA)
#include "kernel_dense.h"
#undef NAME
#undef W

#define W 0
#define NAME(x) GLUE(x, capped, 0, ISA)
#include "kernel_capped.h"
#undef NAME
#undef W

#define W 1
#define NAME(x) GLUE(x, capped, 1, ISA)
#include "kernel_capped.h"
#undef NAME
#undef W

#define W 2
#define NAME(x) GLUE(x, capped, 2, ISA)
#include "kernel_capped.h"
#undef NAME
#undef W

#define W 4
#define NAME(x) GLUE(x, capped, 4, ISA)
#include "kernel_capped.h"
#undef NAME
#undef W

#define W 0
#define NAME(x) GLUE(x, records, 0, ISA)
#include "kernel_records.h"
#undef NAME
#undef W

#define W 1
#define NAME(x) GLUE(x, records, 1, ISA)
#include "kernel_records.h"
#undef NAME
#undef W

#define W 2
#define NAME(x) GLUE(x, records, 2, ISA)
#include "kernel_records.h"
#undef NAME
#undef W

#define W 4
#define NAME(x) GLUE(x, records, 4, ISA)
#include "kernel_records.h"
#undef NAME
#undef W

#define W 0
#define NAME(x) GLUE(x, singled, 0, ISA)
#include "kernel_singled.h"
#undef NAME
#undef W

#define W 1
#define NAME(x) GLUE(x, singled, 1, ISA)
#include "kernel_singled.h"
#undef NAME
#undef W

#define W 2
#define NAME(x) GLUE(x, singled, 2, ISA)
#include "kernel_singled.h"
#undef NAME
#undef W

#define W 4
#define NAME(x) GLUE(x, singled, 4, ISA)
#include "kernel_singled.h"
#undef NAME
#undef W

#define RUN(kind, w) GLUE(run, kind, w, ISA)
#define ALL(kind)                                                                                                      \
    {                                                                                                                  \
        RUN(kind, 0), RUN(kind, 1), RUN(kind, 2), RUN(kind, 4)                                                         \
    }
const so_kernels SO_KERNELS = {ALL(dense), ALL(capped), ALL(records), ALL(singled)};
