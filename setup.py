"""Build the two C extension modules; everything else about the package is in pyproject.toml."""

from __future__ import annotations

import gzip
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tarfile
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext
from setuptools.command.sdist import sdist
from setuptools.errors import SetupError

ROOT = Path(__file__).resolve().parent
FREE_THREADED = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
# The limited API is not there on free-threaded builds, which compile the same source without it.
LIMITED = [] if FREE_THREADED else [("Py_LIMITED_API", "0x030b0000")]
FLAGS = ["-std=c11", "-O3", "-fvisibility=hidden", "-pthread"]
# What a fault in the code would have to get past.
HARDENED = ["-fstack-protector-strong", "-U_FORTIFY_SOURCE", "-D_FORTIFY_SOURCE=2"]
LINKED_HARD = ["-Wl,-z,relro", "-Wl,-z,now", "-Wl,-z,noexecstack"]
# The same bytes wherever it is built.
SAME = [f"-ffile-prefix-map={ROOT}=."]


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
        extra_compile_args=FLAGS + HARDENED + SAME + flags.get("compile", []),
        extra_link_args=["-pthread", *LINKED_HARD, *flags.get("link", [])],
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
            link=without_paths(openssl("--libs")),
        )
        wanted.append(keyed)
    return wanted


def without_paths(command: list[str]) -> list[str]:
    """A linker's command that leaves in what it makes no folder of this machine to look in."""
    kept, skip = [], False
    for word in command:
        path = word.startswith(("-Wl,-rpath", "-Wl,--rpath", "-Wl,-R"))
        if not path and not (skip and word.startswith("-Wl,/")):
            kept.append(word)
        skip = path and word.count(",") == 1  # the folder is a word of its own
    return kept


class Build(build_ext):
    """build_ext that says in plain words what the machine lacks, before the compiler does."""

    def build_extensions(self) -> None:
        os.environ.pop("LD_RUN_PATH", None)
        for linker in ("linker_so", "linker_so_cxx"):
            if getattr(self.compiler, linker, None):
                setattr(self.compiler, linker, without_paths(getattr(self.compiler, linker)))
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


class Source(sdist):
    """sdist whose archive is the same bytes each time, where SOURCE_DATE_EPOCH gives the time."""

    def make_archive(self, base_name: str, format: str, *words: object, **more: object) -> str:
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        if format != "gztar" or epoch is None:
            return super().make_archive(base_name, format, *words, **more)
        made = Path(f"{base_name}.tar.gz")
        folder = Path(str(more.get("base_dir") or base_name))

        def plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
            member.uid = member.gid = 0
            member.uname = member.gname = ""
            member.mtime = int(epoch)
            member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
            return member

        with (
            made.open("wb") as file,
            gzip.GzipFile("", "wb", fileobj=file, mtime=int(epoch)) as packed,
            tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
        ):
            for path in [folder, *sorted(folder.rglob("*"))]:
                archive.add(path, path.as_posix(), recursive=False, filter=plain)
        return str(made)


setup(
    ext_modules=extensions(),
    cmdclass={"build_ext": Build, "sdist": Source},
    options={} if FREE_THREADED else {"bdist_wheel": {"py_limited_api": "cp311"}},
)
