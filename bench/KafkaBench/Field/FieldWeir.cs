namespace Weir.Bench.KafkaLog.Field;

/// <summary>The works as a user of Weir would write them.</summary>
internal static class FieldPipelines
{
    [Pipeline]
    public static void Filter(Job job, ISource<Order> source, ITransactionalSink<Order> sink) => job
        .From(source)
        .Where(order => order.Amount >= 500)
        .To(sink);

    [Pipeline]
    public static void Count(Job job, ISource<Order> source, ITransactionalSink<UserCount> sink) => job
        .From(source)
        .KeyBy(order => order.User)
        .Aggregate(g => new UserCount(g.Key, g.Count()))
        .To(sink);

    [Pipeline]
    public static void Window(Job job, ISource<Order> source, ITransactionalSink<UserTotal> sink) => job
        .From(source)
        .WithEventTime(order => order.Time * 1000, maxDisorder: TimeSpan.FromSeconds(1))
        .KeyBy(order => order.User)
        .Window(Tumbling.Of(TimeSpan.FromSeconds(10)))
        .Aggregate(g => new UserTotal(g.Key, g.Window.EndTime, g.Count(), g.Sum(order => order.Amount)))
        .To(sink);
}

/// <summary>A work as a job that ends with its topic.</summary>
internal static class FieldWeir
{
    public static async Task RunAsync(string work, string input, string output, long count)
    {
        var directory = Directory.CreateTempSubdirectory("weir-bench-");
        var job = new Job($"field-{output}");
        var source = Weir.Kafka.Read(
            Topics.Connection, input, new KafkaReadOptions { End = KafkaEnd.LatestAtStart }, RecordFormats.Json<Order>());
        switch (work)
        {
            case "filter":
                FieldPipelines.Filter(job, source, To(output, static order => order.User, RecordFormats.Json<Order>()));
                break;
            case "window":
                FieldPipelines.Window(job, source, To(output, static total => total.User, RecordFormats.Json<UserTotal>()));
                break;
            case "count":
                FieldPipelines.Count(job, source, To(output, static count => count.User, RecordFormats.Json<UserCount>()));
                break;
            default:
                throw new ArgumentException($"There is no work '{work}'.");
        }

        var result = await job.RunAsync(new JobOptions
        {
            CheckpointInterval = TimeSpan.FromSeconds(1),
            CheckpointDirectory = directory.FullName,
            OnEvent = told =>
            {
                if (told is JobEvent.Failed or JobEvent.CheckpointFailed)
                {
                    Console.WriteLine(told);
                }
            },
        });
        directory.Delete(recursive: true);
        if (result.RecordsIn != count)
        {
            throw new InvalidOperationException($"{result.RecordsIn:N0} records were read, of {count:N0}.");
        }
    }

    private static ITransactionalSink<T> To<T>(string topic, Func<T, long> key, IRecordFormat<T> format) =>
        Weir.Kafka.Write<T>(Topics.Connection, topic, shape => shape.Key(key).Value(static value => value, format));
}
