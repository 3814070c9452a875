// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors

/** Numbers as people read them: three figures at most, the unit always said. */

const BYTE_UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

function figures(value: number): string {
  const size = Math.abs(value);
  const digits = size >= 100 || Number.isInteger(value) ? 0 : size >= 1 ? 1 : 2;
  const text = value.toFixed(digits);
  return digits === 2 ? text.replace(/0$/, "") : text;
}

export function bytes(value: number | undefined): string {
  if (value === undefined) {
    return "–";
  }
  let amount = value;
  let unit = 0;
  while (Math.abs(amount) >= 1024 && unit < BYTE_UNITS.length - 1) {
    amount /= 1024;
    unit += 1;
  }
  return `${figures(amount)} ${BYTE_UNITS[unit]}`;
}

export function millis(value: number | undefined): string {
  if (value === undefined) {
    return "–";
  }
  if (value < 1000) {
    return `${Math.round(value)} ms`;
  }
  const seconds = value / 1000;
  if (seconds < 60) {
    return `${figures(seconds)} s`;
  }
  const whole = Math.round(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${whole % 60} s`;
}

export function nanos(value: number | undefined): string {
  return millis(value === undefined ? undefined : value / 1e6);
}

export function count(value: number | undefined): string {
  return value === undefined ? "–" : Math.round(value).toString().replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f");
}

export function percent(share: number): string {
  const value = share * 100;
  if (value !== 0 && Math.abs(value) < 1) {
    return `${value.toFixed(1)} %`;
  }
  return `${Math.round(value)} %`;
}

export function decimal(value: number | undefined): string {
  return value === undefined ? "–" : figures(value);
}

/** Date and time of day in the reader's zone. */
export function moment(epochMillis: number | undefined): string {
  if (epochMillis === undefined) {
    return "–";
  }
  const date = new Date(epochMillis);
  const two = (value: number): string => value.toString().padStart(2, "0");
  return (
    `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ` +
    `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
  );
}

/** A measured number of a finding or an interval, in words. */
export function quantity(value: number | undefined, unit: string): string {
  if (value === undefined) {
    return "–";
  }
  switch (unit) {
    case "bytes":
      return bytes(value);
    case "ms":
      return millis(value);
    case "ns":
      return nanos(value);
    case "core·ms":
      return Math.abs(value) < 1000 ? `${figures(value)} core·ms` : `${figures(value / 1000)} core·s`;
    case "MiB·ms":
      return `${figures(value / 1024 / 3.6e6)} GiB·h`;
    case "share":
      return percent(value);
    case "ratio":
      return Math.abs(value) <= 1 ? percent(value) : `${figures(value)} ×`;
    case "count":
      return Number.isInteger(value) ? count(value) : figures(value);
    default:
      return `${figures(value)} ${unit}`.trim();
  }
}

/** A severity, state or grade for a sentence. */
export function words(constant: string): string {
  return constant.replace(/-/g, " ");
}

export function plural(number: number, one: string, many = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}
