using System.Collections.Concurrent;
using Weir.Execution.Tests.Pipelines;

namespace Weir.Execution.Tests.Docs;

/// <summary>The source and the sink with lists of <c>write-a-source.md</c> and <c>write-a-sink.md</c> do what the pages say.</summary>
public sealed class ListsTests
{
    [Fact]
    public async Task Letters_that_were_sent_twice_are_read_once_also_after_a_stop_and_by_more_subtasks()
    {
        var inbox = new Journal<Letter>();
        var sink = new ListSink<string>();
        var store = new MemoryCheckpointStore();
        var all = new TaskCompletionSource();
        Letter[] letters = [.. Enumerable.Range(0, 50).Select(static id => new Letter($"{id}", $"text {id}"))];
        inbox.Append(letters);
        var options = new JobOptions { CheckpointStore = store, RestartStrategy = RestartStrategy.None };
        var first = Reading().Start(options, TestContext.Current.CancellationToken);
        await all.Task;
        await first.StopAsync(TestContext.Current.CancellationToken);
        inbox.Append(letters);
        inbox.Append(new Letter("last", "text"));
        inbox.Close();
        await Reading().RunAsync(options with { Parallelism = 3 }, TestContext.Current.CancellationToken);
        Assert.Equal([.. letters.Select(static letter => letter.Id).Append("last")], sink.Records);

        Job Reading()
        {
            var job = new Job("letters");
            job.From(new LetterSource(inbox)).Id("inbox").Select(Named).To(sink).Id("read");
            return job;
        }

        string Named(Letter letter)
        {
            if (letter.Id == "49")
            {
                all.TrySetResult();
            }

            return letter.Id;
        }
    }

    [Fact]
    public async Task What_the_post_refuses_is_tried_again_by_the_next_run()
    {
        var posted = new ConcurrentQueue<string>();
        var tried = new TaskCompletionSource();
        var isOpen = false;
        var store = new MemoryCheckpointStore();
        var journal = new Journal<string>();
        string[] records = [.. Enumerable.Range(0, 40).Select(static id => $"{id}")];
        journal.Append(records);
        var first = Posting().Start(Options(1), TestContext.Current.CancellationToken);
        await tried.Task;
        await first.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(36, posted.Count);
        isOpen = true;
        journal.Close();
        await Posting().RunAsync(Options(3), TestContext.Current.CancellationToken);
        Assert.Equal(records.Order(StringComparer.Ordinal), posted.Order(StringComparer.Ordinal));

        Job Posting()
        {
            var job = new Job("post");
            job.From(new JournalSource<string>(new Dictionary<string, Journal<string>> { ["letters"] = journal })).Id("letters")
                .To(new Post(TryPost)).Id("post");
            return job;
        }

        JobOptions Options(int parallelism) => new()
        {
            CheckpointStore = store,
            Parallelism = parallelism,
            RestartStrategy = RestartStrategy.None,
        };

        bool TryPost(string record)
        {
            if (record == "39")
            {
                tried.TrySetResult();
            }

            if (!isOpen && record.EndsWith('7'))
            {
                return false;
            }

            posted.Enqueue(record);
            return true;
        }
    }

    [Fact]
    public async Task What_a_list_holds_gets_a_codec_from_the_call_that_asks_for_it()
    {
        var sink = new Parcels();
        var store = new MemoryCheckpointStore();
        var journal = new Journal<int>();
        journal.Append(1, 2, 3);
        for (var run = 0; run < 2; run++)
        {
            var job = new Job("parcels");
            job.From(new JournalSource<int>(new Dictionary<string, Journal<int>> { ["numbers"] = journal })).Id("from").To(sink).Id("to");
            var running = job.Start(
                new JobOptions { CheckpointStore = store, RestartStrategy = RestartStrategy.None }, TestContext.Current.CancellationToken);
            await sink.Written.Task;
            await running.StopAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal([new Parcel(1, "a"), new Parcel(2, "a"), new Parcel(3, "a")], sink.Restored);
    }

    internal sealed record Parcel(int Number, string To);

    private sealed class Parcels : ISink<int>
    {
        public TaskCompletionSource Written { get; } = new();

        public Parcel[] Restored { get; private set; } = [];

        public string Description => "parcels";

        public ISinkWriter<int> Open(SinkContext context) => new Writer(this, context.ListState<Parcel>("parcels"));

        private sealed class Writer(Parcels sink, OperatorListState<Parcel> parcels) : SinkWriter<int>
        {
            public override ValueTask StartAsync(CancellationToken cancellation)
            {
                sink.Restored = [.. parcels];
                return ValueTask.CompletedTask;
            }

            public override void Write(Batch<int> batch)
            {
                foreach (var number in batch.Values)
                {
                    parcels.Add(new Parcel(number, "a"));
                }

                if (parcels.Count == 3)
                {
                    sink.Written.TrySetResult();
                }
            }
        }
    }
}
