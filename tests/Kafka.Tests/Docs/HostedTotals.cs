using Microsoft.Extensions.Hosting;

namespace Weir.KafkaLog.Tests.Docs;

/// <summary>The program that docs/kafka-settings.md shows.</summary>
internal static class HostedTotals
{
    public static void Add(IHostApplicationBuilder builder)
    {
        builder.AddWeir()
            .AddKafka("kafka")
            .AddKafka("audit", (services, kafka) => kafka.WithToken(Tokens.For))
            .AddJob("doubles", job => job
                .From(Kafka.Read<long>("numbers"))
                .Select(number => number * 2)
                .To(Kafka.Write<long>("doubles")));
    }

    private static class Tokens
    {
        public static KafkaToken For(string configuration) => new(configuration, DateTimeOffset.MaxValue, "weir");
    }
}
