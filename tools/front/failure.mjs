/** A failure whose cause is known: printed as one line, with what the reader can do (see ../door.mjs). */
export class Failure extends Error {
  /**
   * @param {string} what what is wrong, without full stop
   * @param {string} remedy what to do, without full stop
   * @param {number} [exitCode]
   */
  constructor(what, remedy, exitCode = 1) {
    super(`${what}. To mend it: ${remedy}.`);
    this.name = "Failure";
    this.exitCode = exitCode;
  }
}

const noNetwork =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT|NewConnectionError|ConnectTimeout|Failed to establish a new connection|name resolution|Network is unreachable|ProxyError|Max retries exceeded/i;

/**
 * What the output of a failed installer (npm or pip) means, as a Failure.
 *
 * @param {string} installer "npm" or "pip"
 * @param {string} output all that it printed
 * @param {string} log file that holds this output
 */
export function installerFailure(installer, output, log) {
  if (/ENOSPC|No space left on device|Errno 28|not enough space/i.test(output))
    return new Failure("the disk is full", "free about 2 GB and run the command again");
  if (noNetwork.test(output))
    return new Failure(
      `no network: ${installer} could not reach its package registry`,
      `connect this computer, or set ${installer}'s proxy or mirror, and run the command again`,
    );
  if (/EACCES|EPERM|Permission denied/i.test(output))
    return new Failure(`${installer} may not write here`, "make the folder of this project writable for you");
  const lines = output.split(/\r?\n/).filter((line) => /error/i.test(line) && !/complete log/i.test(line));
  const last = (lines[0] ?? output.trim().split(/\r?\n/).pop() ?? "").trim().replace(/[.\s]+$/, "");
  return new Failure(`${installer} failed: ${last}`, `read ${log} and run the command again`);
}
