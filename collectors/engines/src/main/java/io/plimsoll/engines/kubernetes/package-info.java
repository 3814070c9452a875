// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Reads pods, events and nodes of a Kubernetes cluster. Comes in: a kubeconfig, or saved output of
 * {@code kubectl get -o json}. Goes out: wire events. The CLI and the server may call; this package
 * calls component and http.
 */
@NullMarked
package io.plimsoll.engines.kubernetes;

import org.jspecify.annotations.NullMarked;
