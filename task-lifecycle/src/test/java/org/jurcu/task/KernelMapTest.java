package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/kernel-map.md names methods that exist, and every function of a task's life is in it. */
class KernelMapTest {
    private static final Pattern ROW = Pattern.compile("^\\| (`.*) \\| .* \\| `(\\w+)\\.(\\w+)`.*\\|$");
    private static final Pattern LEFT_OUT = Pattern.compile("^\\| (`.*) \\| left out \\| \\S.*\\|$");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    /** What Linux 6.19 does between a task's birth and its memory's end, and what 5.3 did. */
    private static final Set<String> FUNCTIONS =
            new TreeSet<>(Set.of("""
            dup_task_struct copy_process copy_signal copy_sighand alloc_pid attach_pid delayed_free_task fork_idle
            disable_pid_allocation
            get_task_struct tryget_task_struct put_task_struct put_task_struct_many put_task_struct_rcu_user
            delayed_put_task_struct __put_task_struct __put_task_struct_rcu_cb put_signal_struct free_task
            release_task_stack put_task_stack perf_event_delayed_put kprobe_flush_task rethook_flush_task
            task_rcu_dereference finish_task_switch __schedule do_task_dead set_special_state task_dead sched_ext_dead
            cgroup_task_dead
            do_exit make_task_dead synchronize_group_exit exit_signals exit_mm exit_rcu exit_tasks_rcu_start
            exit_tasks_rcu_finish exit_notify kill_orphaned_pgrp do_notify_parent thread_group_empty
            forget_original_parent find_child_reaper find_new_reaper find_alive_thread reparent_leader exit_ptrace
            release_task ptrace_release_task __exit_signal __unhash_process detach_pid free_pids free_pid
            delayed_put_pid pidfs_exit flush_sigqueue __cleanup_sighand
            do_wait kernel_wait4 wait_consider_task eligible_child do_wait_pid wait_task_zombie delay_group_leader
            ptrace_reparented __wake_up_parent
            ptrace_attach ptrace_traceme ptrace_link ptrace_detach __ptrace_detach __ptrace_unlink ignoring_children
            begin_new_exec de_thread zap_other_threads exchange_tids change_pid transfer_pid unshare_sighand
            flush_signal_handlers
            zap_pid_ns_processes lock_task_sighand fatal_signal_pending
            find_task_by_pid_ns find_task_by_vpid find_pid_ns find_get_pid get_pid put_pid for_each_process
            setpgid setsid getpgid getsid unshare prctl walk_process_tree
            """.strip().split("\\s+")));

    private static List<String> rows() throws IOException {
        return Files.readAllLines(Path.of("..", "docs", "kernel-map.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
    }

    @Test
    void everyMethodOfTheMapExists() throws IOException {
        int mapped = 0;
        for (String line : rows()) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                mapped++;
                assertExists(row.group(2), row.group(3));
            } else if (!LEFT_OUT.matcher(line).matches()) {
                fail("this row of the map names no method and no reason: " + line);
            }
        }
        assertTrue(mapped > 80, "the map has " + mapped + " methods");
    }

    @Test
    void everyFunctionIsInTheMap() throws IOException {
        Set<String> named = rows().stream()
                .flatMap(line -> NAME.matcher(line.split("\\|", -1)[1]).results())
                .map(name -> name.group(1))
                .collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>(FUNCTIONS);
        missing.removeAll(named);
        assertEquals(Set.of(), missing);
    }

    @Test
    void nothingIsBothMappedAndLeftOut() throws IOException {
        Set<String> mapped = new TreeSet<>();
        Set<String> leftOut = new TreeSet<>();
        for (String line : rows()) {
            Set<String> into = LEFT_OUT.matcher(line).matches() ? leftOut : mapped;
            NAME.matcher(line.split("\\|", -1)[1]).results().forEach(name -> into.add(name.group(1)));
        }
        leftOut.retainAll(mapped);
        assertEquals(Set.of(), leftOut);
    }

    private static void assertExists(String type, String method) {
        try {
            Method[] methods = Class.forName("org.jurcu.task." + type).getDeclaredMethods();
            assertTrue(
                    Arrays.stream(methods).anyMatch(m -> m.getName().equals(method)),
                    () -> "the map names " + type + "." + method + ", which is not there");
        } catch (ClassNotFoundException e) {
            fail("the map names the class " + type + ", which is not there");
        }
    }
}
