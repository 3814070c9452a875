// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * The forms in which Spark keeps event logs. Comes in: files and folders. Goes out: the logs in
 * them, each as the unpacked lines of its parts in order. Only the Spark readers may call.
 */
@NullMarked
package io.plimsoll.engines.spark.file;

import org.jspecify.annotations.NullMarked;
