/*
 * What JMH measures on the JVM, measured on liburcu in the same run.
 *
 *   gcc -O2 -DFLAVOUR_MEMB liburcu.c -o liburcu-memb -lurcu-memb -lurcu-common -pthread
 *   ./liburcu-memb ROUNDS MILLISECONDS
 *
 * FLAVOUR_MEMB, FLAVOUR_MB, FLAVOUR_QSBR or FLAVOUR_BP. The first line of the output is the number of lines behind it. Each of
 * them is one scenario: its name, its number of threads, and the time of one operation in nanoseconds, once a round, a round
 * of warm-up aside. With several threads it is the time that each of them takes, as JMH has it. The read side is inlined.
 */
#define _GNU_SOURCE
#define _LGPL_SOURCE
#define URCU_API_MAP
#if defined(FLAVOUR_MEMB)
#include <urcu/urcu-memb.h>
#elif defined(FLAVOUR_MB)
#include <urcu/urcu-mb.h>
#elif defined(FLAVOUR_QSBR)
#include <urcu/urcu-qsbr.h>
#elif defined(FLAVOUR_BP)
#include <urcu/urcu-bp.h>
#else
#error "define FLAVOUR_MEMB, FLAVOUR_MB, FLAVOUR_QSBR or FLAVOUR_BP"
#endif
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <urcu/ref.h>

#define CACHE_LINE 128
#define MOST_THREADS 2
#define MOST_ROUNDS 100
/* Operations between two looks at the clock's flag. */
#define CHUNK 64
/* As many objects as the Java benchmark has under way. */
#define FEW 4096
/* Liburcu's thread sleeps for 10 ms behind each batch, so its throughput shows only with more objects than fit into that. */
#define MANY (1 << 20)

struct payload {
	uint64_t value;
};

struct object {
	struct rcu_head head;
};

typedef void operation(void);

static struct payload payload = { 42 };
static struct payload *protected_pointer __attribute__((aligned(CACHE_LINE))) = &payload;
static struct urcu_ref ref __attribute__((aligned(CACHE_LINE)));
static long bare __attribute__((aligned(CACHE_LINE))) = 1;
static int stop __attribute__((aligned(CACHE_LINE)));

/* Ring from the thread of the callbacks, which writes back, to the owner of the objects, who reads on. */
static struct object *idle[MANY] __attribute__((aligned(CACHE_LINE)));
static unsigned long back __attribute__((aligned(CACHE_LINE)));
static unsigned long on __attribute__((aligned(CACHE_LINE)));
static struct object objects[MANY] __attribute__((aligned(CACHE_LINE)));
static unsigned long invocations __attribute__((aligned(CACHE_LINE)));

static inline void use(uint64_t value)
{
	__asm__ volatile("" : : "r"(value));
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1e9 + t.tv_nsec;
}

/* Only QSBR readers announce that they hold nothing; the others do so with each unlock. */
static inline void quiescent(void)
{
#ifdef FLAVOUR_QSBR
	rcu_quiescent_state();
#endif
}

static inline void floor_read_section(void)
{
	use(CMM_LOAD_SHARED(protected_pointer)->value);
}

static inline void read_section(void)
{
	rcu_read_lock();
	use(rcu_dereference(protected_pointer)->value);
	rcu_read_unlock();
}

static inline void read_quiescent(void)
{
	read_section();
	quiescent();
}

static inline void floor_get_put(void)
{
	use(__atomic_fetch_add(&bare, 1, __ATOMIC_SEQ_CST));
	use(__atomic_fetch_add(&bare, -1, __ATOMIC_SEQ_CST));
}

static void never(struct urcu_ref *r)
{
	(void)r;
	fprintf(stderr, "liburcu: the count fell to 0 although one reference is held\n");
	abort();
}

static inline void get_put(void)
{
	urcu_ref_get(&ref);
	urcu_ref_put(&ref, never);
}

static inline void get_unless_zero_put(void)
{
	if (!urcu_ref_get_unless_zero(&ref))
		never(&ref);
	urcu_ref_put(&ref, never);
}

static inline void synchronizes(void)
{
	synchronize_rcu();
}

static void give_back(struct rcu_head *head)
{
	unsigned long i = back;

	idle[i % MANY] = caa_container_of(head, struct object, head);
	__atomic_store_n(&back, i + 1, __ATOMIC_RELEASE);
}

static inline void call_to_invoke(void)
{
	struct object *object;

	while (__atomic_load_n(&back, __ATOMIC_ACQUIRE) == on) {
		quiescent();
		if (CMM_LOAD_SHARED(stop))
			return;
		sched_yield();
	}
	object = idle[on % MANY];
	on++;
	call_rcu(&object->head, give_back);
	quiescent();
}

static void count_invocation(struct rcu_head *head)
{
	(void)head;
	__atomic_store_n(&invocations, invocations + 1, __ATOMIC_RELEASE);
}

static inline void one_call_to_invoke(void)
{
	static struct object single;
	unsigned long seen = __atomic_load_n(&invocations, __ATOMIC_ACQUIRE);
	int spins = 0;

	call_rcu(&single.head, count_invocation);
	while (__atomic_load_n(&invocations, __ATOMIC_ACQUIRE) == seen) {
		quiescent();
		if (++spins > 1000)
			sched_yield();
		else
			caa_cpu_relax();
	}
}

struct worker {
	pthread_t thread;
	operation *loop;
	pthread_barrier_t *start;
	int registers;
	unsigned long done;
	double nanoseconds;
} __attribute__((aligned(CACHE_LINE)));

static __thread unsigned long done;

/* A loop for each operation, so that it is inlined. */
#define LOOP(name, body, size)                                                                     \
	static void name##_loop(void)                                                              \
	{                                                                                          \
		unsigned long n = 0;                                                               \
		do {                                                                              \
			for (int i = 0; i < (size); i++)                                           \
				body();                                                            \
			n += (size);                                                               \
		} while (!CMM_LOAD_SHARED(stop));                                                  \
		done = n;                                                                          \
	}

LOOP(floor_read_section, floor_read_section, CHUNK)
LOOP(read_section, read_section, CHUNK)
LOOP(read_quiescent, read_quiescent, CHUNK)
LOOP(floor_get_put, floor_get_put, CHUNK)
LOOP(get_put, get_put, CHUNK)
LOOP(get_unless_zero_put, get_unless_zero_put, CHUNK)
LOOP(synchronizes, synchronizes, 1)
LOOP(call_to_invoke, call_to_invoke, CHUNK)
LOOP(one_call_to_invoke, one_call_to_invoke, 1)

static void *work(void *argument)
{
	struct worker *w = argument;
	double began;

	if (w->registers)
		rcu_register_thread();
	pthread_barrier_wait(w->start);
	began = now();
	w->loop();
	w->nanoseconds = now() - began;
	w->done = done;
	if (w->registers)
		rcu_unregister_thread();
	return NULL;
}

/* One round: the measured threads, and as many readers beside them; returns the time of one measured operation. */
static double round_of(operation *loop, int threads, int registers, int readers, int millis)
{
	static struct worker workers[2 * MOST_THREADS];
	struct timespec pause = { millis / 1000, millis % 1000 * 1000000L };
	pthread_barrier_t start;
	double sum = 0;

	CMM_STORE_SHARED(stop, 0);
	pthread_barrier_init(&start, NULL, threads + readers + 1);
	for (int i = 0; i < threads + readers; i++) {
		workers[i].loop = i < threads ? loop : read_quiescent_loop;
		workers[i].registers = i < threads ? registers : 1;
		workers[i].start = &start;
		if (pthread_create(&workers[i].thread, NULL, work, &workers[i])) {
			fprintf(stderr, "liburcu: a thread could not be started\n");
			exit(1);
		}
	}
	pthread_barrier_wait(&start);
	nanosleep(&pause, NULL);
	CMM_STORE_SHARED(stop, 1);
	for (int i = 0; i < threads + readers; i++) {
		pthread_join(workers[i].thread, NULL);
		if (i < threads)
			sum += workers[i].nanoseconds / workers[i].done;
	}
	pthread_barrier_destroy(&start);
	return sum / threads;
}

static int rounds;
static int millis;
/* How many scenarios there are: counted before any is run. */
static int scenarios;
static int counting = 1;

static void measure(const char *name, operation *loop, int threads, int registers, int readers)
{
	if (counting) {
		scenarios++;
		return;
	}
	round_of(loop, threads, registers, readers, millis);
	printf("%s %d", name, threads);
	for (int i = 0; i < rounds; i++)
		printf(" %.4f", round_of(loop, threads, registers, readers, millis));
	printf("\n");
	fflush(stdout);
}

/* Measures callbacks with so many objects. */
static void measure_callbacks(const char *name, unsigned long count)
{
	for (unsigned long i = 0; i < count; i++)
		idle[i] = &objects[i];
	back = count;
	on = 0;
	measure(name, call_to_invoke_loop, 1, 1, 0);
	if (!counting)
		rcu_barrier();
}

static void measure_all(void)
{
	for (int threads = 1; threads <= MOST_THREADS; threads++) {
		measure("floorReadSection", floor_read_section_loop, threads, 0, 0);
		measure("readSection", read_section_loop, threads, 1, 0);
#ifdef FLAVOUR_QSBR
		measure("readQuiescentState", read_quiescent_loop, threads, 1, 0);
#endif
		measure("floorGetPut", floor_get_put_loop, threads, 0, 0);
		measure("getPut", get_put_loop, threads, 0, 0);
		measure("getUnlessZeroPut", get_unless_zero_put_loop, threads, 0, 0);
	}
	measure("synchronizeIdle", synchronizes_loop, 1, 0, 0);
	measure("synchronizeOneReader", synchronizes_loop, 1, 0, 1);
	measure_callbacks("callToInvoke", FEW);
	measure_callbacks("callToInvokeManyHeads", MANY);
	measure("oneCallToInvoke", one_call_to_invoke_loop, 1, 1, 0);
}

static int number(const char *text, int most, const char *what)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (*end || n < 1 || n > most) {
		fprintf(stderr, "liburcu: '%s' is no number of %s from 1 to %d\n", text, what, most);
		exit(2);
	}
	return n;
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fprintf(stderr, "usage: %s ROUNDS MILLISECONDS\n", argv[0]);
		return 2;
	}
	rounds = number(argv[1], MOST_ROUNDS, "rounds");
	millis = number(argv[2], 60000, "milliseconds");
	urcu_ref_set(&ref, 1);
	measure_all();
	printf("scenarios %d\n", scenarios);
	fflush(stdout);
	counting = 0;
	measure_all();
	return 0;
}
