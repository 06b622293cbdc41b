/** Node's timers take no more milliseconds than this. */
const LONGEST_MS = 2 ** 31 - 1;

/** Calls back at a time in milliseconds since the epoch, however far away; answers how to stop it. */
export function callAt(time: number, callback: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = () => {
    const left = time - Date.now();
    timer = left > LONGEST_MS ? setTimeout(wait, LONGEST_MS) : setTimeout(callback, left);
  };
  wait();
  return () => clearTimeout(timer);
}
