using System.Reflection;
using Weir.Generators.Infrastructure;

namespace Weir.Generators.Tests;

/// <summary>The incremental cache works only on values: a model that holds a symbol, or an array by reference, turns it off in silence.</summary>
public sealed class ModelShapeTests
{
    [Theory, MemberData(nameof(Models))]
    public void A_model_holds_only_plain_values(Type model)
    {
        Assert.True(model.IsAssignableTo(typeof(IEquatable<>).MakeGenericType(model)), $"{model} is not equatable");

        foreach (var field in model.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
        {
            Assert.True(IsPlain(field.FieldType), $"{model.Name}.{field.Name}: {field.FieldType} pins the compilation or defeats the cache");
        }
    }

    public static TheoryData<Type> Models() =>
        [.. typeof(EquatableArray<>).Assembly.GetTypes().Where(IsModel)];

    private static bool IsModel(Type type) =>
        !type.IsEnum && (type.Name.EndsWith("Model", StringComparison.Ordinal) || type.Name.EndsWith("Plan", StringComparison.Ordinal));

    private static bool IsPlain(Type type) =>
        type.IsPrimitive
        || type.IsEnum
        || type == typeof(string)
        || IsModel(type)
        || (Nullable.GetUnderlyingType(type) is { } underlying && IsPlain(underlying))
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>) && IsPlain(type.GenericTypeArguments[0]));
}
