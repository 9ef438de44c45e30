#!/usr/bin/env bash
# Executes the notebooks from top to bottom, or opens them. README.md beside it says what it needs.
#
#   notebooks/run.sh [NAME…]              executes copies, into notebooks/target/
#   notebooks/run.sh --in-place [NAME…]   executes the notebooks and keeps what they show
#   notebooks/run.sh lab [ARGUMENT…]      opens them in JupyterLab
#
#   LAMBDASCOPE_JUPYTER     the program `jupyter`, where it is not on the PATH
#   LAMBDASCOPE_JAVA_HOME   the JDK (25 or newer) to run on
#
# The kernel is described in a folder that is removed at the end; nothing of the user's is changed.
# Exit status: 0, all ran; 1, one did not; 77, what it needs is not there.
set -u

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P) || exit 1
# What finds the JDK and builds the program.
# shellcheck source=../lambdascope
. "$here/../lambdascope"

# $1: what is not there.
absent() {
  printf 'notebooks: %s\n' "$1" >&2
  exit 77
}

jupyter=${LAMBDASCOPE_JUPYTER:-jupyter}
command -v "$jupyter" >/dev/null 2>&1 ||
  absent "expected Jupyter as '$jupyter', found none; notebooks/README.md says how to install it"
"$jupyter" nbconvert --version >/dev/null 2>&1 ||
  absent "expected Jupyter with nbconvert, found none; notebooks/README.md says how to install it"

find_jdk
built || build

kernel=$here/target/kernel/rapaio-jupyter-kernel.jar
if [ ! -f "$kernel" ] || [ "$home/pom.xml" -nt "$kernel" ]; then
  (cd "$home" && mvn -B -q -Dstyle.color=never -N -Pnotebooks package) >&2 </dev/null && touch "$kernel" ||
    absent "the Java kernel cannot be fetched with Maven"
fi

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# $1 within quotation marks.
json() {
  local text=${1//\\/\\\\}
  printf '"%s"' "${text//\"/\\\"}"
}

# Everything is on the class path: a shell that compiles what it is given sees no modules.
argv=(
  "$jdk/bin/java"
  --add-modules jdk.incubator.vector
  --enable-native-access=ALL-UNNAMED
  --sun-misc-unsafe-memory-access=allow
  -XX:MaxRAMPercentage=60
  -XX:CompileCommand=quiet
  "-XX:CompileCommand=dontinline,org.lambdascope.engine.kernels.vector.VectorKernels::*"
  -Djava.awt.headless=true
  -Duser.language=en # points, not commas, whatever the locale
  "-Djava.io.tmpdir=$scratch"
  "-Dlambdascope.samples=$home/samples"
  # The kernel last: it brings libraries of its own, in other versions.
  -cp "$scratch/classes:$modules/*:$home/app/target/natives/*:$kernel"
  org.rapaio.jupyter.kernel.MainApp
  "{connection_file}"
)
# Left alone, the kernel logs every message, and its key.
mkdir "$scratch/classes" &&
  printf 'handlers=java.util.logging.ConsoleHandler\n.level=WARNING\n' \
    >"$scratch/classes/logging.properties" || exit 1
# In place of a class of the kernel, which does not always start; see there.
"$jdk/bin/javac" -cp "$kernel" -d "$scratch/classes" "$here/kernel/LoopThread.java" || fail "the JDK's javac did not run"

kernels=$scratch/data/kernels/lambdascope
mkdir -p "$kernels" || exit 1
{
  printf '{"argv": ['
  json "${argv[0]}"
  for argument in "${argv[@]:1}"; do
    printf ', '
    json "$argument"
  done
  printf '], "display_name": "Java (Lambdascope)", "language": "java", "interrupt_mode": "message"}\n'
} >"$kernels/kernel.json"
export JUPYTER_PATH=$scratch/data${JUPYTER_PATH:+:$JUPYTER_PATH}

if [ "${1:-}" = lab ]; then
  shift
  (cd "$here" && "$jupyter" lab "$@")
  exit
fi

# Whatever the user has set up for Jupyter neither helps nor hurts.
export JUPYTER_CONFIG_DIR=$scratch/config JUPYTER_RUNTIME_DIR=$scratch/runtime
export JUPYTER_NO_CONFIG=1 IPYTHONDIR=$scratch/ipython JUPYTER_PLATFORM_DIRS=1

options=(
  --to notebook --execute --log-level WARN
  --ExecutePreprocessor.startup_timeout=300
  --ExecutePreprocessor.timeout=1800
  # No times and no versions: the same cells leave the same file.
  --ExecutePreprocessor.record_timing=False
  --ClearMetadataPreprocessor.enabled=True
  "--ClearMetadataPreprocessor.preserve_nb_metadata_mask={'kernelspec', ('language_info', 'name')}"
)
if [ "${1:-}" = --in-place ]; then
  shift
  options+=(--inplace)
else
  options+=(--output-dir "$here/target")
fi

names=("$@")
if [ ${#names[@]} -eq 0 ]; then
  for notebook in "$here"/*.ipynb; do
    names+=("$(basename "$notebook" .ipynb)")
  done
fi
for name in "${names[@]}"; do
  notebook=$here/$(basename "$name" .ipynb).ipynb
  [ -f "$notebook" ] || fail "expected the name of a notebook in $here, found '$name'"
  begun=$SECONDS
  "$jupyter" nbconvert "${options[@]}" "$notebook" </dev/null || fail "$name did not run to its end"
  printf '%s: %d s\n' "$name" $((SECONDS - begun))
done
