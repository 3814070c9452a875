// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.flink;

import com.fasterxml.jackson.databind.JsonNode;

/** Something that answers the paths of Flink's REST API: a JobManager or an archive. */
interface FlinkSource {
  /**
   * The answer, or a missing node when the source does not know the path.
   *
   * @throws FlinkSourceException when there is an answer that cannot be used, or none in time
   */
  JsonNode get(String path) throws FlinkSourceException;
}
