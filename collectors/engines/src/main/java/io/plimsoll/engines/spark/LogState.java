// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

/** How far the reader of an event log came. */
public enum LogState {
  /** From the first line to the application's end. */
  COMPLETE,
  /** The log's name says that the application still writes it. */
  RUNNING,
  /** Its last events are not there: the driver died, or the file was cut. */
  TRUNCATED,
  /** It has the application's end, but a part before it could not be read. */
  DAMAGED,
  /** There is no line in it. */
  EMPTY,
  /** There is no event in it: it is something else, or it cannot be opened or unpacked. */
  UNREADABLE
}
