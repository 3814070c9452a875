// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Keeps docs/components.md equal to the shipped descriptions. */
class ComponentsPageTest {
  private static final Path PAGE = Path.of("../../docs/components.md");

  /** To renew the page: {@code -Dplimsoll.pages.write=true}. */
  @Test
  void page_saysWhatTheDescriptionsSay() throws Exception {
    String expected = page();
    if (Boolean.getBoolean("plimsoll.pages.write")) {
      Files.writeString(PAGE, expected);
    }

    assertThat(Files.readString(PAGE, StandardCharsets.UTF_8)).isEqualTo(expected);
  }

  private static String page() throws Exception {
    StringBuilder page = new StringBuilder(intro());
    for (ComponentDescription description : ComponentCatalog.shipped().descriptions()) {
      page.append("\n## ").append(description.type()).append("\n\n");
      page.append(description.about()).append(" Role on the wire: ");
      page.append(description.role()).append(".\n");
      for (BeanFamily family : description.families()) {
        family(family, page);
      }
    }
    return page.toString();
  }

  private static String intro() throws Exception {
    try (var in = ComponentsPageTest.class.getResourceAsStream("/components-intro.md")) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void family(BeanFamily family, StringBuilder page) {
    page.append("\n`").append(family.pattern()).append('`');
    page.append(family.optional() ? " (may be missing)" : "").append("\n\n");
    page.append("| metric | attribute | unit | kind | scale | meaning |\n");
    page.append("| --- | --- | --- | --- | --- | --- |\n");
    for (MetricRule rule : family.metrics()) {
      page.append(
          String.format(
              Locale.ROOT,
              "| `%s` | `%s` | %s | %s | %s | %s |%n",
              rule.name(),
              rule.attribute(),
              rule.unit().word(),
              rule.wire().kind().name().toLowerCase(Locale.ROOT),
              rule.scale().toPlainString(),
              rule.about()));
    }
  }
}
