package org.jurcu.refcount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;

/** What the class promises besides behaviour: one int, no dispatch, methods that the JIT can inline. */
class RefcountShapeTest {
    /** The JIT inlines a hot callee up to 325 bytes (FreqInlineSize); five of these must fit into one caller. */
    private static final int HOT_METHOD_LIMIT = 65;

    @Test
    void isOneIntWithoutDispatch() {
        assertTrue(Modifier.isFinal(Refcount.class.getModifiers()));
        assertEquals(Object.class, Refcount.class.getSuperclass());
        List<Field> fields = Stream.of(Refcount.class.getDeclaredFields())
                .filter(f -> !Modifier.isStatic(f.getModifiers()))
                .toList();
        assertEquals(List.of(int.class), fields.stream().map(Field::getType).toList());
    }

    @Test
    void costsAnObjectHeaderAndAnInt() {
        ClassLayout layout = ClassLayout.parseClass(Refcount.class);
        assertEquals(
                layout.headerSize() + Integer.BYTES,
                layout.fields().iterator().next().offset() + Integer.BYTES);
        assertTrue(layout.instanceSize() <= 24, () -> "instance of " + layout.instanceSize() + " bytes");
    }

    @Test
    void hotMethodsAreSmallEnoughToInline() {
        Map<String, Integer> sizes = bytecodeSizes();
        List<String> hot = List.of(
                "inc",
                "add",
                "incNotZero",
                "addNotZero",
                "incNotZeroAcquire",
                "addNotZeroAcquire",
                "incNotZeroLimitedAcquire",
                "addNotZeroLimitedAcquire",
                "decAndTest",
                "subAndTest",
                "dec",
                "decIfOne",
                "decNotOne",
                "read",
                "set",
                "setRelease");
        for (String method : hot) {
            assertTrue(sizes.containsKey(method), () -> method + " is not in " + sizes);
            assertTrue(sizes.get(method) <= HOT_METHOD_LIMIT, () -> method + " has " + sizes.get(method) + " bytes");
        }
    }

    private static Map<String, Integer> bytecodeSizes() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Path classes = Path.of("target", "classes").toAbsolutePath();
        int status = ToolProvider.findFirst("javap")
                .orElseThrow()
                .run(
                        new PrintWriter(out),
                        new PrintWriter(err),
                        "-p",
                        "-c",
                        "-cp",
                        classes.toString(),
                        Refcount.class.getName());
        assertEquals(0, status, err::toString);
        Map<String, Integer> sizes = new HashMap<>();
        Pattern method = Pattern.compile("^  \\S.* (\\w+)\\(.*\\);$");
        Pattern instruction = Pattern.compile("^ +(\\d+): .*$");
        String current = null;
        for (String line : out.toString().lines().toList()) {
            Matcher m = method.matcher(line);
            if (m.matches()) {
                current = m.group(1);
            }
            Matcher i = instruction.matcher(line);
            if (i.matches() && current != null) {
                sizes.merge(current, Integer.parseInt(i.group(1)) + 1, Math::max);
            }
        }
        return sizes;
    }
}
