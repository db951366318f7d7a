/* choose.c: which of the kernels this processor runs. */
#include "walk.h"

const so_kernels *so_best_kernels(void)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("bmi"))
        return &so_x86_kernels;
#endif
    return &so_portable_kernels;
}
