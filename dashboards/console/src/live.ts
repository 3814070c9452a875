// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
import { useEffect, useRef, useState } from "preact/hooks";

export interface Live<T> {
  data?: T;
  /** Why the latest try failed; the data before it stays. */
  trouble?: string;
}

/**
 * Loads once, then again every {@code interval(data)} milliseconds, without end while that is a number; a hidden
 * page does not ask.
 */
export function useLive<T>(load: () => Promise<T>, key: string, interval: (data: T) => number | null): Live<T> {
  const [live, setLive] = useState<Live<T>>({});
  const latest = useRef({ load, interval });
  latest.current = { load, interval };

  useEffect(() => {
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let data: T | undefined;
    let failures = 0;
    const again = (millis: number): void => {
      timer = setTimeout(() => void round(), millis);
    };
    const round = async (): Promise<void> => {
      if (document.hidden && data !== undefined) {
        again(1000);
        return;
      }
      try {
        data = await latest.current.load();
        if (stopped) {
          return;
        }
        failures = 0;
        setLive({ data });
        const next = latest.current.interval(data);
        if (next !== null) {
          again(next);
        }
      } catch (e) {
        if (stopped) {
          return;
        }
        failures += 1;
        const trouble = e instanceof Error ? e.message : String(e);
        setLive(data === undefined ? { trouble } : { data, trouble });
        again(Math.min(30_000, 2000 * failures));
      }
    };
    setLive({});
    void round();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [key]);

  return live;
}

/** The items in the order in which they were first seen; new ones come last. */
export function useSteadyOrder<T>(items: T[], key: (item: T) => string, page: string): T[] {
  const seen = useRef<{ page: string; places: Map<string, number> }>({ page, places: new Map() });
  if (seen.current.page !== page) {
    seen.current = { page, places: new Map() };
  }
  const places = seen.current.places;
  for (const item of items) {
    if (!places.has(key(item))) {
      places.set(key(item), places.size);
    }
  }
  return [...items].sort((one, other) => (places.get(key(one)) ?? 0) - (places.get(key(other)) ?? 0));
}
