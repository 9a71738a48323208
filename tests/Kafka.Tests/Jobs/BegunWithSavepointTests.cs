using Weir.KafkaLog.Tests.Doubles;

namespace Weir.KafkaLog.Tests.Jobs;

/// <summary>Jobs that have begun with a savepoint, whose option stays.</summary>
public sealed class BegunWithSavepointTests : IDisposable
{
    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("weir-kafka-savepoint-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_whose_progress_topic_was_deleted_does_not_go_back_to_the_savepoint_that_it_has_begun_with()
    {
        var (input, output) = (Broker.Topic(), Broker.Topic());
        Broker.Write(input, 0, [1, 2, 3]);
        var first = Copy($"first-{output}", input, output).Start(Options("first"), Cancellation);
        await first.StopWithSavepointAsync(At("savepoint"), Cancellation);

        Broker.Write(input, 0, [4, 5, 6]);
        var second = Copy($"second-{output}", input, output).Start(Options("second", At("savepoint")), Cancellation);
        await second.StopAsync(Cancellation);
        Broker.Admin("topics", "--delete", "--topic", $"weir.second-{output}.progress");

        var refused = await Assert.ThrowsAsync<JobException>(
            () => Copy($"second-{output}", input, output).RunAsync(Options("second", At("savepoint")), Cancellation));
        Assert.Contains("says nothing of what was written with it", refused.Message, StringComparison.Ordinal);
        Assert.Contains("a savepoint that it has not begun with yet", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _place.Delete(recursive: true);

    private static Job Copy(string name, string input, string output)
    {
        var kafka = Broker.Connection();
        var job = new Job(name);
        job.From(Kafka.Read<long>(kafka, input)).Id("read")
            .To(Kafka.Write<long>(kafka, output, message => message.Value(number => number))).Id("write");
        return job;
    }

    private string At(string name) => Path.Combine(_place.FullName, name);

    private JobOptions Options(string directory, string? savepoint = null) => new()
    {
        CheckpointDirectory = At(directory),
        CheckpointInterval = TimeSpan.FromMilliseconds(50),
        RestoreFrom = savepoint,
    };
}
