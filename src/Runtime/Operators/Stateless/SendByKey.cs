using Weir.Graph;
using Weir.Runtime.Kernels;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Stateless;

/// <summary>
/// The sending side of a <c>KeyBy</c> that is a real exchange: hashes each record's key and hands the record to the exchange.
/// </summary>
internal sealed class SendByKey<T, TKey>(KeyByStage<T, TKey> stage, KeyExchange<T> exchange) : Kernel<T>(exchange)
{
    private readonly Codec<TKey> _keys = Codecs.Of<TKey>();

    public override void OnBatch(Batch<T> batch)
    {
        var values = batch.Values;
        var times = batch.Times;
        for (var i = 0; i < values.Length; i++)
        {
            var key = stage.Key(values[i]);
            if (key is null)
            {
                throw new NullKeyException($"Operator '{stage.Id}'");
            }

            exchange.Add(values[i], times.Length > 0 ? times[i] : 0, _keys.StableHash(key));
        }

        exchange.Flush();
    }
}
