"""Build the two C extension modules; everything else about the package is in pyproject.toml."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext
from setuptools.errors import SetupError

ROOT = Path(__file__).resolve().parent
FREE_THREADED = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
# The limited API is not there on free-threaded builds, which compile the same source without it.
LIMITED = [] if FREE_THREADED else [("Py_LIMITED_API", "0x030b0000")]
FLAGS = ["-std=c11", "-O3", "-fvisibility=hidden", "-pthread"]


def found(*patterns: str, without: str = "") -> list[str]:
    """Paths below the project that match, sorted, as setuptools wants them: relative."""
    paths = (path.relative_to(ROOT) for pattern in patterns for path in ROOT.glob(pattern))
    return sorted(str(path) for path in paths if not (without and path.name.startswith(without)))


def openssl(option: str) -> list[str]:
    """What pkg-config says of libcrypto, or the plain name where there is no pkg-config."""
    if shutil.which("pkg-config"):
        said = subprocess.run(["pkg-config", option, "libcrypto"], capture_output=True, text=True)
        if said.returncode == 0:
            return shlex.split(said.stdout)
    return ["-lcrypto"] if option == "--libs" else []


def extension(name: str, core: list[str], binding: list[str], **flags: list[str]) -> Extension:
    return Extension(
        f"singleout.{name}",
        sources=core + binding,
        include_dirs=["csrc"],
        depends=found("csrc/*.h", "csrc/python/*.h"),
        define_macros=LIMITED,
        extra_compile_args=FLAGS + flags.get("compile", []),
        extra_link_args=["-pthread", *flags.get("link", [])],
        py_limited_api=not FREE_THREADED,
    )


def extensions() -> list[Extension]:
    wanted = []
    if binding := found("csrc/python/core*.c"):
        wanted.append(extension("_core", found("csrc/*.c", without="keyed"), binding))
    if binding := found("csrc/python/keyed*.c"):
        keyed = extension(
            "_keyed",
            found("csrc/keyed*.c"),
            binding,
            compile=openssl("--cflags"),
            link=openssl("--libs"),
        )
        wanted.append(keyed)
    return wanted


class Build(build_ext):
    """build_ext that says in plain words what the machine lacks, before the compiler does."""

    def build_extensions(self) -> None:
        compiler = self.compiler.compiler_so if self.compiler.compiler_type == "unix" else []
        if compiler:
            if not shutil.which(compiler[0]):
                self.lacking(f"a C compiler ({compiler[0]} is not there)", "gcc and libc6-dev")
            self.need(compiler, "stdlib.h", "the C library's headers", "libc6-dev")
            version = f"{sys.version_info.major}.{sys.version_info.minor}"
            self.need(compiler, "Python.h", "Python's C headers", f"python{version}-dev")
            if any(ext.name.endswith("_keyed") for ext in self.extensions):
                self.need(compiler, "openssl/evp.h", "OpenSSL 3's headers", "libssl-dev")
        super().build_extensions()

    def need(self, compiler: list[str], header: str, what: str, package: str) -> None:
        found = [flag[2:] for flag in openssl("--cflags") if flag.startswith("-I")]
        folders = [*self.compiler.include_dirs, *found]
        command = [*compiler, "-E", "-x", "c", "-", "-o", os.devnull, *(f"-I{i}" for i in folders)]
        source = f"#include <{header}>\n"
        if subprocess.run(command, input=source, text=True, capture_output=True).returncode:
            self.lacking(f"{what} ({header} is not there)", package)

    @staticmethod
    def lacking(what: str, package: str) -> None:
        raise SetupError(f"building singleout needs {what}: on Debian, apt-get install {package}")


setup(
    ext_modules=extensions(),
    cmdclass={"build_ext": Build},
    options={} if FREE_THREADED else {"bdist_wheel": {"py_limited_api": "cp311"}},
)
