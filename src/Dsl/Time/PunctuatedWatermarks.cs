namespace Weir;

/// <summary>Takes watermarks from records.</summary>
/// <param name="watermark">The user's function.</param>
internal sealed class PunctuatedWatermarks<T>(Func<T, DateTime, DateTime?> watermark) : WatermarkGenerator<T, bool>
{
    public override long? OnRecord(in T record, long time, ref bool state) =>
        watermark(record, EventTime.ToDateTime(time)) is { } promised ? EventTime.Of(promised) : null;

    public override string ToString() => "punctuated";
}
