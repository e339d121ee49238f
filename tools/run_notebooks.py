"""Runs notebooks headless, each in its own kernel with its own folder as working directory.

    python tools/run_notebooks.py notebooks/01_lstm_hit_prediction.ipynb [...] --out out [--summary FILE] [--timeout SECONDS]

For each notebook: one progress line; the executed copy in OUT/notebooks/ (written whole or not at all); OUT/work/NN/
emptied before and OUT/results/NN.json removed, so that nothing of an older run is taken for this one. A notebook stops at
its first failing cell; the next notebook still runs. tslab reports an error as text on stderr, and says nothing at all
about a rejected promise that nobody awaited: so any stderr of a cell is a failure, and a hidden first cell sets a trap.

Exit status: 0 all ran, 1 some failed, 2 wrong arguments, 130 interrupted.
"""

import argparse
import asyncio
import json
import os
import re
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from queue import Empty

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete, CellExecutionError, CellTimeoutError, DeadKernelError
from nbclient.util import ensure_async

KERNEL = "tslab"
LINE_EVERY = 10.0  # seconds between two progress lines where the output is not a terminal
LONGEST_REPORT = 4000  # characters of an error message that are shown

# Hidden first cell: where files go, the trap for promises that nobody awaits, and an end with the runner (tslab would
# train on for ever after a runner that was killed outright).
PROLOGUE = """(() => {
  const known = globalThis as any;
  known[Symbol.for("hitlab.out")] = %(out)s;
  const caught: string[] = known[Symbol.for("hitlab.rejections")] = [];
  process.on("unhandledRejection", (reason: any) => caught.push(String(reason?.stack ?? reason)));
  const parent = process.ppid;
  setInterval(() => { if (process.ppid !== parent) process.exit(1); }, 2000).unref();
})();"""

# Hidden last cell: lets promises that are already rejected come to light, then tells what the trap caught.
EPILOGUE = """await new Promise((resolve) => setTimeout(resolve, 50));
console.log(JSON.stringify((globalThis as any)[Symbol.for("hitlab.rejections")]));"""


@dataclass
class Failure:
    """Why a notebook failed: kind is error, stderr, rejection, died, timeout, counts, kernel or file."""

    kind: str
    message: str
    cell: int | None = None  # the n-th code cell, as its [n] shows
    source: str = ""


@dataclass
class Result:
    name: str
    file: str
    ok: bool
    seconds: float
    cells: int
    ran: int
    failure: Failure | None = None


class NotebookFailed(Exception):
    def __init__(self, failure: Failure):
        super().__init__(failure.message)
        self.failure = failure


class ProgressLine:
    """One line per notebook: rewritten in place on a terminal, else printed again at most every ten seconds."""

    def __init__(self, name: str, cells: int):
        self.name, self.cells, self.cell, self.step = name, cells, 0, ""
        self.begun = time.monotonic()
        self.printed = self.begun
        self.width = 0
        self.terminal = sys.stdout.isatty()

    def seconds(self) -> float:
        return time.monotonic() - self.begun

    def text(self) -> str:
        minutes, seconds = divmod(int(self.seconds()), 60)
        step = f"  {self.step}" if self.step else ""
        return f"{self.name}  cell {self.cell} of {self.cells}  {minutes}:{seconds:02d}{step}"

    def show(self) -> None:
        if self.terminal:
            line = self.text()[: shutil.get_terminal_size().columns - 1]
            self._rewrite(line)
        elif time.monotonic() - self.printed >= LINE_EVERY:
            self.printed = time.monotonic()
            print(self.text(), flush=True)

    def end(self, text: str) -> None:
        if self.terminal:
            self._rewrite("")
        print(f"{self.name}  {text}", flush=True)

    def _rewrite(self, line: str) -> None:
        print(f"\r{line.ljust(self.width)}", end="\r" if not line else "", flush=True)
        self.width = len(line)


def step_text(progress: dict) -> str:
    """The words for metadata hitlab.progress {label, done, total, secondsLeft}."""
    words = str(progress.get("label", ""))
    done, total, left = progress.get("done"), progress.get("total"), progress.get("secondsLeft")
    if isinstance(done, (int, float)) and isinstance(total, (int, float)) and total > 0:
        if done >= total:
            return ""
        whole = done == int(done) and total > 1
        words += f" {done:g} of {total:g}" if whole else f" {done / total:.0%}"
    if isinstance(left, (int, float)) and left >= 1:
        minutes, seconds = divmod(round(left), 60)
        words += f", {minutes}:{seconds:02d} left"
    return words


class Client(NotebookClient):
    """nbclient that follows the progress messages and keeps the stderr text that arrives after its cell ended."""

    def __init__(self, *args, line: ProgressLine, **kwargs):
        super().__init__(*args, **kwargs)
        self.line = line
        self.cell_of: dict[str, int] = {}  # message id of an execution -> number of its code cell
        self.current = ""  # message id of the execution whose outputs nbclient is taking in
        self.late: list[tuple[int, str]] = []

    def process_message(self, msg, cell, cell_index):
        self.current = msg["parent_header"].get("msg_id")
        self.cell_of[self.current] = self.line.cell
        progress = msg["content"].get("metadata", {}).get("hitlab", {}).get("progress")
        if progress:
            self.line.step = step_text(progress)
        try:
            return super().process_message(msg, cell, cell_index)
        except CellExecutionComplete:
            self.current = ""
            raise

    def watch(self) -> None:
        """Looks at every message on its way in: nbclient drops those of cells that have ended."""
        receive = self.kc.iopub_channel.get_msg

        async def get_msg(*args, **kwargs):
            msg = await ensure_async(receive(*args, **kwargs))
            parent = msg["parent_header"].get("msg_id")
            is_stderr = msg["msg_type"] == "stream" and msg["content"]["name"] == "stderr"
            if is_stderr and parent != self.current and parent in self.cell_of:
                self.late.append((self.cell_of[parent], msg["content"]["text"]))
            return msg

        self.kc.iopub_channel.get_msg = get_msg

    async def hidden(self, code: str) -> tuple[str, str]:
        """Runs code that leaves no trace in the notebook; gives back its stdout and stderr."""
        msg_id = await ensure_async(self.kc.execute(code, store_history=False))
        text = {"stdout": "", "stderr": ""}
        while True:
            msg = await self._next_message()
            if msg["parent_header"].get("msg_id") != msg_id:
                continue
            if msg["msg_type"] == "stream":
                text[msg["content"]["name"]] += msg["content"]["text"]
            elif msg["msg_type"] == "status" and msg["content"]["execution_state"] == "idle":
                break
        await self.async_wait_for_reply(msg_id)
        return text["stdout"], text["stderr"]

    async def _next_message(self):
        while True:
            try:
                return await self.kc.iopub_channel.get_msg(timeout=1)
            except Empty:
                await self._async_check_alive()


def code_cells(notebook) -> list:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def stderr_of(cell) -> str:
    outputs = cell.get("outputs", [])
    texts = [out.text for out in outputs if out.output_type == "stream" and out.name == "stderr"]
    errors = [f"{out.ename}: {out.evalue}" for out in outputs if out.output_type == "error"]
    return "".join(texts + errors)


async def run_cell(client: Client, cell, index: int, number: int) -> None:
    """Runs one code cell; raises NotebookFailed where it, or an earlier one behind its back, went wrong."""
    try:
        await client.async_execute_cell(cell, index, execution_count=number)
    except CellExecutionError:
        message = stderr_of(cell) or "the cell failed without a message (was it skipped after an earlier error?)"
        raise NotebookFailed(Failure("error", message, number, cell.source)) from None
    except CellTimeoutError:
        raise NotebookFailed(Failure("timeout", f"still running after {client.timeout:g} s", number, cell.source)) from None
    except DeadKernelError:
        raise NotebookFailed(Failure("died", "the kernel died", number, cell.source)) from None
    if stderr_of(cell):
        raise NotebookFailed(Failure("stderr", stderr_of(cell), number, cell.source))
    if not cell.source.strip():
        raise NotebookFailed(Failure("counts", "the cell is empty: remove it", number))
    check_late(client)


def check_late(client: Client) -> None:
    if not client.late:
        return
    number, text = client.late[0]
    source = code_cells(client.nb)[number - 1].source if number else ""
    raise NotebookFailed(Failure("rejection", f"after the cell had ended: {text}", number or None, source))


async def run_cells(client: Client, out: Path) -> None:
    _, trouble = await client.hidden(PROLOGUE % {"out": json.dumps(str(out))})
    if trouble:
        raise NotebookFailed(Failure("kernel", f"the kernel cannot run TypeScript here: {trouble}"))
    for index, cell in enumerate(client.nb.cells):
        if cell.cell_type != "code":
            continue
        client.line.cell += 1
        client.line.step = ""
        await run_cell(client, cell, index, client.line.cell)
    caught, _ = await client.hidden(EPILOGUE)
    check_late(client)
    for words in json.loads(caught or "[]"):
        raise NotebookFailed(Failure("rejection", f"a promise that nobody awaited was rejected: {words}"))


async def keep_showing(line: ProgressLine) -> None:
    while True:
        line.show()
        await asyncio.sleep(0.5)


def kernel_manager() -> AsyncKernelManager:
    """Only the kernelspec of this environment: a tslab of the user's own may be another version."""
    folder = os.path.join(sys.prefix, "share", "jupyter", "kernels")
    specs = KernelSpecManager(kernel_dirs=[folder])
    return AsyncKernelManager(kernel_name=KERNEL, kernel_spec_manager=specs)


async def execute(notebook, file: Path, out: Path, timeout: float | None, line: ProgressLine) -> None:
    """Starts a kernel, runs every cell, and ends the kernel whatever happens."""
    client = Client(notebook, km=kernel_manager(), line=line, timeout=timeout, record_timing=False)
    client.shutdown_kernel = "immediate"
    ticking = asyncio.ensure_future(keep_showing(line))
    with tempfile.TemporaryFile() as words:
        try:
            await client.async_start_new_kernel(cwd=str(file.parent), stdout=words, stderr=words)
            await client.async_start_new_kernel_client()
            client.watch()
            await run_cells(client, out)
        except NotebookFailed as failed:
            if failed.failure.kind == "died":
                failed.failure.message += last_words(words)
            raise
        except DeadKernelError:
            raise NotebookFailed(Failure("died", f"the kernel died{last_words(words)}")) from None
        except (RuntimeError, TimeoutError) as error:
            raise NotebookFailed(Failure("kernel", f"the kernel did not start: {error}{last_words(words)}")) from None
        finally:
            ticking.cancel()
            await client._async_cleanup_kernel()


def last_words(file) -> str:
    """What the kernel's process wrote itself, such as V8's note that memory ran out."""
    file.seek(0)
    lines = [text for text in file.read().decode("utf-8", "replace").splitlines() if text.strip()]
    notes = [text for text in lines if re.match(r"FATAL ERROR|\w*Error\b", text)] or lines[-3:]
    return "; its last words: " + " / ".join(notes[:3]) if notes else ""


def write_whole(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    part.write_text(text, encoding="utf-8", newline="\n")
    os.replace(part, file)


def clear_older_run(file: Path, out: Path) -> None:
    """Removes what an older run of this notebook left in OUT, and makes its empty work folder."""
    for old in (out / "notebooks" / file.name, out / "failed" / file.name):
        old.unlink(missing_ok=True)
    number = re.match(r"\d+", file.name)
    if number:
        (out / "results" / f"{number[0]}.json").unlink(missing_ok=True)
        shutil.rmtree(out / "work" / number[0], ignore_errors=True)
        (out / "work" / number[0]).mkdir(parents=True, exist_ok=True)


def check_counts(notebook) -> None:
    counts = [cell.execution_count for cell in code_cells(notebook)]
    if counts != list(range(1, len(counts) + 1)):
        raise NotebookFailed(Failure("counts", f"the execution counts are {counts}, not 1 to {len(counts)}"))


def is_stopped() -> bool:
    return stop.asked


class Stop:
    """Ctrl-C or a termination: cancels the running notebook, whose kernel is then ended."""

    asked = False
    task: asyncio.Task | None = None

    def handle(self, *_) -> None:
        self.asked = True
        if self.task:
            self.task.get_loop().call_soon_threadsafe(self.task.cancel)


stop = Stop()


async def run_notebook(file: Path, out: Path, timeout: float | None) -> Result:
    try:
        notebook = nbformat.read(file, as_version=4)
    except Exception as error:  # nbformat raises many kinds
        line = ProgressLine(file.stem, 0)
        return report(line, file, Failure("file", f"{file} is no notebook: {str(error).splitlines()[0]}"))
    line = ProgressLine(file.stem, len(code_cells(notebook)))
    clear_older_run(file, out)
    failure = None
    try:
        stop.task = asyncio.current_task()
        await execute(notebook, file, out, timeout, line)
        check_counts(notebook)
    except NotebookFailed as failed:
        failure = failed.failure
    except asyncio.CancelledError:
        pass
    finally:
        stop.task = None
    if is_stopped():
        failure = Failure("interrupted", "interrupted")
    folder = "failed" if failure else "notebooks"
    write_whole(out / folder / file.name, nbformat.writes(notebook))
    return report(line, file, failure)


def shown(message: str) -> list[str]:
    """The lines of a message without the stack frames of Node, tslab and libraries."""
    frames = re.compile(r"^\s+at .*(node:|node_modules|evalmachine\.<anonymous>)")
    return [text for text in message[:LONGEST_REPORT].rstrip().splitlines() if text.strip() and not frames.match(text)]


def report(line: ProgressLine, file: Path, failure: Failure | None) -> Result:
    """Prints how a notebook ended: its last line, and for a failure the cell's source and message."""
    seconds = line.seconds()
    ok = failure is None
    if ok:
        line.end(f"{line.cells} cell{'' if line.cells == 1 else 's'} in {seconds:.0f} s")
    else:
        place = f" in cell [{failure.cell}] of {line.cells}" if failure.cell else ""
        line.end(f"FAILED{place} after {seconds:.0f} s")
        if failure.source and failure.cell:
            print("\n".join(f"    | {text}" for text in failure.source.splitlines()))
        print("\n".join(f"    {text}" for text in shown(failure.message)), flush=True)
    return Result(line.name, str(file), ok, round(seconds, 3), line.cells, line.cell if ok else max(0, line.cell - 1), failure)


async def run_all(files: list[Path], out: Path, timeout: float | None) -> list[Result]:
    results = []
    for file in files:
        results.append(await run_notebook(file.resolve(), out, timeout))
        if is_stopped():
            break
    return results


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Runs notebooks headless.")
    parser.add_argument("notebooks", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent.parent / "out")
    parser.add_argument("--summary", type=Path, help="file for the results as JSON")
    parser.add_argument("--timeout", type=float, help="longest time of one cell in seconds (none by default)")
    options = parser.parse_args()
    missing = [str(file) for file in options.notebooks if not file.is_file()]
    if missing:
        parser.error(f"no such notebook: {', '.join(missing)}")
    return options


def main() -> int:
    options = arguments()
    out = options.out.resolve()
    signal.signal(signal.SIGINT, stop.handle)
    signal.signal(signal.SIGTERM, stop.handle)
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    results = asyncio.run(run_all(options.notebooks, out, options.timeout))
    if options.summary:
        write_whole(options.summary.resolve(), json.dumps([asdict(result) for result in results], indent=2))
    if is_stopped():
        return 130
    return 0 if all(result.ok for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
