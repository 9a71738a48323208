using System.Reflection;
using Weir.Runtime.Operators.Windows;
using Weir.Runtime.State;

namespace Weir.Execution.Tests.Pipelines;

/// <summary>The generated accumulators: merging those of two halves gives what the whole gives.</summary>
public sealed class MergeTests
{
    [Fact]
    public Task Merged_halves_equal_the_whole_for_every_generated_accumulator() => Readings.ForEach(readings =>
    {
        // Sums of these are exact in any order of addition; others round.
        List<Reading> records =
            [.. readings.Select(r =>
            r with { Value = r.Value is 1e300 ? 0.25 : r.Value, Small = r.Small is 1e30f ? 0.5f
            : r.Small, Level = r.Level % 1000, Time = r.Time % 1000 })];
        var merged = Functors().Where(functor => functor.CanMerge).ToList();
        Assert.True(merged.Count >= 6, $"only {merged.Count} functors were found");
        foreach (var functor in merged)
        {
            foreach (var cut in new[] { 0, records.Count / 3, records.Count / 2, records.Count - 1 }.Where(cut => cut >= 0
                && cut < records.Count))
            {
                var accumulator = functor.Fold(records[..cut]);
                functor.Merge(ref accumulator, functor.Fold(records[cut..]));
                Assert.Equal($"{functor}: {functor.Result(functor.Fold(records))}", $"{functor}: {functor.Result(accumulator)}");
            }
        }

        return Task.CompletedTask;
    });

    [Fact]
    public void A_fold_of_the_users_own_says_that_it_cannot_be_merged()
    {
        var folds = Functors().Where(functor => !functor.CanMerge).ToList();
        Assert.NotEmpty(folds);
        Assert.All(folds, functor =>
        {
            var accumulator = functor.Fold([]);
            Assert.IsType<NotSupportedException>(
                Assert.Throws<TargetInvocationException>(() => functor.Merge(ref accumulator, functor.Fold([]))).InnerException);
        });
    }

    private static IEnumerable<Functor> Functors() =>
        from type in typeof(MergeTests).Assembly.GetTypes()
        where type.IsValueType
        let contract = type.GetInterfaces()
            .SingleOrDefault(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IPaneFunctor<,,>))
        where contract is not null && type.GetConstructors().Any(made => made.GetParameters().Length == 1)
        let add = contract.GenericTypeArguments[1].GetMethod("Add", BindingFlags.Public | BindingFlags.Static)
        where add?.GetParameters()[1].ParameterType == typeof(Reading).MakeByRefType()
        select new Functor(type, contract.GenericTypeArguments[0], add);

    private sealed class Functor(Type type, Type key, MethodInfo add)
    {
        private readonly object _functor = Activator.CreateInstance(type, KeySeed.Fixed)!;
        private readonly object? _key = key == typeof(string) ? "key" : key.IsValueType ? Activator.CreateInstance(key) : null;

        public bool CanMerge => (bool)type.GetProperty("CanMerge")!.GetValue(_functor)!;

        public object Fold(IEnumerable<Reading> records)
        {
            var accumulator = type.GetMethod("Create")!.Invoke(_functor, null)!;
            foreach (var record in records)
            {
                object?[] arguments = [accumulator, record];
                add.Invoke(null, arguments);
                accumulator = arguments[0]!;
            }

            return accumulator;
        }

        public void Merge(ref object accumulator, object other)
        {
            object?[] arguments = [accumulator, other];
            type.GetMethod("Merge")!.Invoke(_functor, arguments);
            accumulator = arguments[0]!;
        }

        public string Result(object accumulator)
        {
            try
            {
                return $"{type.GetMethod("Result")!.Invoke(_functor, [_key, new TimeWindow(0, 10), accumulator])}";
            }
            catch (TargetInvocationException failure)
            {
                return $"{failure.InnerException!.GetType()}: {failure.InnerException.Message}";
            }
        }

        public override string ToString() => type.Name;
    }
}
