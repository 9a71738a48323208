namespace Weir.Generators.Pipelines.Emitting;

/// <summary>A loop that ends in <c>KeyBy</c> and sends each record to the owner of its key.</summary>
internal static class ExchangeKernelEmitter
{
    public static void Emit(SpanScope scope)
    {
        var writer = scope.Writer;
        var record = scope.Last.In;
        var key = scope.KeyBy.Key.Type;
        KernelEmitter.Class(
            scope,
            [$"Runtime.Streams.KeyExchange<{record}> exchange", $"Codec<{key}> codec"],
            "exchange",
            () =>
            {
                LoopEmitter.Prologue(scope);
                writer.Line("""
                    var output = exchange;
                    var keys = codec;
                    """);
                LoopEmitter.Loop(scope, value =>
                {
                    AggregateKernelEmitter.RefuseNull(scope);
                    writer.Line($"output.Add(in {value}, {(scope.Span.HasTimes ? "time" : "0L")}, keys.StableHash(in key));");
                });
                writer.Line().Line("output.Flush();");
                LoopEmitter.Epilogue(scope);
            });
        KernelEmitter.Factory(
            scope, $"var exchange = context.Exchange<{record}>();", ["exchange", $"Codecs.Of<{key}>()"], "exchange");
    }
}
