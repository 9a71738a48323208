using KafkaTotals;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Weir;

const int ExitFailed = 1;

var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
{
    Args = args,

    // The settings lie beside the program, wherever it is started.
    ContentRootPath = AppContext.BaseDirectory,
});
builder.AddWeir()
    .AddKafka("kafka")
    .AddJob("shop", Shop.Define)
    .AddJob("totals", Totals.Define)
    .AddJob("board", Board.Define);
using var host = builder.Build();

try
{
    var kafka = host.Services.GetRequiredKeyedService<KafkaConnection>("kafka");
    await Kafka.EnsureTopicAsync(kafka, "orders", partitions: 3);
    await Kafka.EnsureTopicAsync(kafka, "totals", partitions: 3);
}
catch (Exception failure) when (failure is TimeoutException or InvalidOperationException)
{
    Console.Error.WriteLine(failure.Message);
    Console.Error.WriteLine("With Docker, 'docker compose -f samples/KafkaTotals/compose.yaml up -d' starts one at localhost:9092.");
    Console.Error.WriteLine("Another one is named by '--ConnectionStrings:kafka broker:9092'.");
    return ExitFailed;
}

Console.WriteLine("A shop writes 20 orders a second into 'orders'; each stands for a second of its day. The totals of a minute come");
Console.WriteLine("when the minute has ended. Kill this program when you like (kill -9), and start it again: each total comes once.");
await host.RunAsync();
return 0;
