using Weir.Execution.Tests.Pipelines;

namespace Weir.Execution.Tests.Docs;

/// <summary>The source of the page <c>write-a-source.md</c> does what the page says.</summary>
public sealed class SourceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Journals_are_read_while_they_grow_and_each_record_once(int parallelism)
    {
        var left = new Journal<int>();
        var right = new Journal<int>();
        left.Append(0, 1, 2);
        var sink = new ListSink<int>();
        var job = new Job("journals");
        job.From(new JournalSource<int>(new Dictionary<string, Journal<int>> { ["left"] = left, ["right"] = right })).To(sink);
        var run = job.RunAsync(
            new JobOptions { Parallelism = parallelism, BatchCapacity = 2, RestartStrategy = RestartStrategy.None },
            TestContext.Current.CancellationToken);
        for (var i = 3; i < 1000; i++)
        {
            (i % 2 == 0 ? left : right).Append(i);
        }

        left.Close();
        right.Close();
        await run;
        Assert.Equal(Enumerable.Range(0, 1000), sink.Records.Order());
    }

    [Fact]
    public void A_reader_goes_on_from_every_offset()
    {
        var journal = new Journal<int>();
        journal.Append(0, 1, 2, 3, 4);
        journal.Close();
        for (var offset = 0; offset <= 5; offset++)
        {
            using var reader = new JournalReader<int>(journal, offset, () => { });
            var read = new List<int>();
            var batch = new Batch<int>(2);
            for (var status = ReadStatus.Available; status != ReadStatus.End;)
            {
                batch.Clear();
                status = reader.Read(batch);
                read.AddRange(batch.Values);
                Assert.Equal(offset + read.Count, reader.Offset.Value);
            }

            Assert.Equal(Enumerable.Range(offset, 5 - offset), read);
        }
    }

    [Fact]
    public void A_split_of_another_job_is_refused_with_what_to_do()
    {
        var source = new JournalSource<int>(new Dictionary<string, Journal<int>> { ["left"] = new() });
        Assert.Null(source.Refuse("left"));
        Assert.Contains("'right'", source.Refuse("right"), StringComparison.Ordinal);
    }
}
