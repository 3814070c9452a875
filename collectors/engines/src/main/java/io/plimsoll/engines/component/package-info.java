// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Polls the other components of the link: brokers, NameNodes, resource managers, metastores. Comes
 * in: component descriptions (YAML) and sources that read a component. Goes out: wire samples and
 * events. The CLI and the server may call; this package calls wire only.
 */
@NullMarked
package io.plimsoll.engines.component;

import org.jspecify.annotations.NullMarked;
