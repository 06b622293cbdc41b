/** The part of a logger the gateway needs; pino fits. */
export interface GatewayLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export const SILENT_LOG: GatewayLog = { info() {}, warn() {}, error() {} };
